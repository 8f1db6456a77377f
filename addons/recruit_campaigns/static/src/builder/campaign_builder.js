import {
    Component,
    onWillStart,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {CampaignBuilderStep} from "./campaign_builder_step";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {Mutex} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {useSortable} from "@web/core/utils/sortable_owl";

const CAMPAIGN = "recruit.campaign";
const STEP = "recruit.campaign.step";

/**
 * The sequence of a campaign: its steps as cards on a line, the delay between them,
 * branches beside the line, and where people are now.
 *
 * Every change is the server's to make (models/recruit_campaign_builder.py) and is made
 * at once; the form around it is saved first. Arrows go from card to card, Alt with an
 * arrow moves a step, Enter opens it, Delete removes it.
 */
export class CampaignBuilder extends Component {
    static template = "recruit_campaigns.CampaignBuilder";
    static components = {CampaignBuilderStep, Dropdown, DropdownItem};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.line = useRef("line");
        this.state = useState({data: null, busy: false});
        this.asked = 0; // the latest question; answers to earlier ones are dropped
        this.changes = new Mutex(); // one change after the other
        this.focusOn = false; // the step that gets the keyboard once it is drawn
        useEffect(
            () => this.giveFocus(),
            () => [this.state.data, this.state.busy]
        );
        useSortable({
            ref: this.line,
            elements: ".o_campaign_stop",
            handle: ".o_campaign_handle",
            enable: () => this.mayEdit,
            cursor: "grabbing",
            onDrop: ({element, previous}) => this.drop(element, previous),
        });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((props) => this.load(props.record));
    }

    get mayEdit() {
        return this.isNew || Boolean(this.state.data?.may_edit);
    }

    get isNew() {
        return !this.props.record.resId;
    }

    get steps() {
        return this.state.data?.steps || [];
    }

    get kinds() {
        return this.state.data?.kinds || this.allKinds;
    }

    async load(record) {
        const asked = ++this.asked;
        const data = record.resId
            ? await this.orm.call(CAMPAIGN, "get_builder", [record.resId])
            : null;
        if (!data && !this.allKinds) {
            this.allKinds = await this.orm.call(CAMPAIGN, "get_builder_kinds", []);
        }
        if (asked === this.asked) {
            this.state.data = data;
        }
    }

    /** Do something on the server, and show what became of it. */
    change(act) {
        return this.changes.exec(async () => {
            this.state.busy = true;
            try {
                const record = this.props.record;
                const unsaved = this.isNew || (await record.isDirty());
                const ready = !unsaved || (await record.save());
                return ready ? await act(record.resId) : null;
            } finally {
                await this.refresh();
                this.state.busy = false;
            }
        });
    }

    /** The form shows figures of the steps, too. */
    async refresh() {
        const record = this.props.record;
        if (record.resId && !(await record.isDirty())) {
            await record.load();
        }
        await this.load(record);
    }

    call(method, ...args) {
        return this.change((id) => this.orm.call(CAMPAIGN, method, [[id], ...args]));
    }

    /** Add a step: at the end, before another one, or where a condition says no. */
    async add(kind, {before = false, unless = false} = {}) {
        const id = await this.change((campaign) =>
            this.orm.call(CAMPAIGN, "builder_add", [[campaign], kind, before, unless])
        );
        const step = this.steps.find((one) => one.id === id);
        if (step && kind === "end") {
            this.focus(id);
        } else if (step) {
            this.open(step);
        }
    }

    /** Open a step in a dialog: all that it is. */
    open(step) {
        this.dialog.add(
            FormViewDialog,
            {
                resModel: STEP,
                resId: step.id,
                title: step.number ? `${step.number}. ${step.label}` : step.label,
                readonly: !this.mayEdit,
                preventEdit: !this.mayEdit,
                canExpand: false,
                onRecordSaved: () => this.refresh(),
            },
            {onClose: () => this.focus(step.id)}
        );
    }

    /** Change something of a step where it stands. */
    write(step, values) {
        return this.change(() => this.orm.write(STEP, [step.id], values));
    }

    remove(step) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Remove this step?"),
            body: _t("%s is removed, with its text and its settings.", step.says),
            confirmLabel: _t("Remove"),
            confirm: async () => {
                const at = this.steps.findIndex((one) => one.id === step.id);
                await this.change(() => this.orm.unlink(STEP, [step.id]));
                const next = this.steps[Math.min(at, this.steps.length - 1)];
                this.focus(next?.id);
            },
            cancel: () => this.focus(step.id),
        });
    }

    async move(step, by) {
        const ids = this.steps.map((one) => one.id);
        const from = ids.indexOf(step.id);
        const to = from + by;
        if (to < 0 || to >= ids.length) {
            return;
        }
        ids.splice(to, 0, ids.splice(from, 1)[0]);
        this.focusOn = step.id;
        await this.call("builder_move", ids);
    }

    drop(element, previous) {
        const id = Number(element.dataset.id);
        const ids = this.steps.map((one) => one.id).filter((one) => one !== id);
        const after = previous ? ids.indexOf(Number(previous.dataset.id)) + 1 : 0;
        ids.splice(after, 0, id);
        return this.call("builder_move", ids);
    }

    async publish() {
        await this.change(async (id) => {
            const action = await this.orm.call(CAMPAIGN, "action_ask_publish", [[id]]);
            await new Promise((resolve) => {
                this.action.doAction(action, {onClose: resolve});
            });
        });
    }

    discard() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Throw the new steps away?"),
            body: _t("People go on with the steps that are in use."),
            confirmLabel: _t("Throw Away"),
            confirm: () => this.call("action_discard_steps"),
            cancel: () => {},
        });
    }

    async showVersions() {
        const id = this.props.record.resId;
        this.action.doAction(
            await this.orm.call(CAMPAIGN, "action_view_versions", [[id]])
        );
    }

    /** The people who are at a step now. */
    showPeople(step) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: step.says,
            res_model: "recruit.campaign.enrollment",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["step_id", "in", step.people_at],
                ["state", "=", "active"],
            ],
        });
    }

    /** What a step did, by how it ended. */
    showDeliveries(step, states) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: step.says,
            res_model: "recruit.campaign.delivery",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["step_id", "=", step.id],
                ["state", "in", states],
            ],
        });
    }

    /** Give the keyboard to a step, now or when it is drawn anew. */
    focus(id) {
        this.focusOn = id;
        this.giveFocus();
    }

    giveFocus() {
        const place = `[data-id='${this.focusOn}'] .o_campaign_card`;
        const card = this.focusOn && this.line.el?.querySelector(place);
        if (card && !this.state.busy) {
            this.focusOn = false;
            card.focus();
        }
    }

    onKeydown(ev, step) {
        if (!ev.target.classList.contains("o_campaign_card")) {
            return;
        }
        const at = this.steps.findIndex((one) => one.id === step.id);
        const by = {ArrowUp: -1, ArrowDown: 1}[ev.key];
        let act = null;
        if (by && !ev.altKey) {
            act = () => this.focus(this.steps[at + by]?.id);
        } else if (by && this.mayEdit) {
            act = () => this.move(step, by);
        } else if (ev.key === "Enter") {
            act = () => this.open(step);
        } else if (ev.key === "Delete" && this.mayEdit) {
            act = () => this.remove(step);
        }
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }
}

registry.category("view_widgets").add("recruit_campaign_builder", {
    component: CampaignBuilder,
});
