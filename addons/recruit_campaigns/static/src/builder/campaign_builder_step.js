import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {TypedInput} from "@recruit_crm/typed_input/typed_input";
import {_t} from "@web/core/l10n/translation";

/** One stop on the line: when it is due, its card, and where people go from there. */
export class CampaignBuilderStep extends Component {
    static template = "recruit_campaigns.CampaignBuilderStep";
    static components = {Dropdown, DropdownItem, TypedInput};
    static props = {builder: Object, data: Object, step: Object};

    get builder() {
        return this.props.builder;
    }

    get step() {
        return this.props.step;
    }

    get mayEdit() {
        return this.props.builder.mayEdit;
    }

    get unit() {
        const units = Object.fromEntries(this.props.data.units);
        return units[this.step.delay_unit];
    }

    /** After what: most steps follow the one above them. */
    get after() {
        const {number, from} = this.step;
        if (number === 1) {
            return _t("after entering");
        }
        const words = {yes: _t("yes"), no: _t("no")};
        const said = from.map((one) =>
            one.branches ? `${one.number} (${words[one.way]})` : String(one.number)
        );
        return said.length ? _t("after step %s", said.join(", ")) : _t("after nothing");
    }

    /** The ways on from here that are worth saying: not just to the next card. */
    get ways() {
        const {branches, number, ways} = this.step;
        return Object.entries(ways)
            .filter(([, way]) => branches || way.number !== number + 1)
            .map(([name, way]) => ({
                ...way,
                name,
                field: `${name}_step_id`,
                label: branches ? {yes: _t("Yes"), no: _t("No")}[name] : _t("Then"),
            }))
            .filter((way) => branches || way.number);
    }

    get laterSteps() {
        return this.props.data.steps.filter((one) => one.number > this.step.number);
    }

    /** What became of those who have been here. */
    get figures() {
        const {step} = this;
        return [
            {states: ["sent"], count: step.sent, label: _t("sent"), look: "success"},
            {states: ["done"], count: step.done, label: _t("done"), look: "success"},
            {
                states: ["skipped"],
                count: step.skipped,
                label: _t("skipped"),
                look: "secondary",
            },
            {
                states: ["failed"],
                count: step.failed,
                label: _t("failed"),
                look: "danger",
            },
        ].filter((one) => one.count);
    }

    writeDelay(ev) {
        const delay = Math.max(0, parseInt(ev.target.value, 10) || 0);
        ev.target.value = delay;
        if (delay !== this.step.delay) {
            this.builder.write(this.step, {delay});
        }
    }

    writeSubject(ev) {
        const subject = ev.target.value.trim() || this.step.subject;
        ev.target.value = subject;
        if (subject !== this.step.subject) {
            this.builder.write(this.step, {subject});
        }
    }

    writeWay(way, ev) {
        const id = Number(ev.target.value) || false;
        this.builder.write(this.step, {[way.field]: id});
    }
}
