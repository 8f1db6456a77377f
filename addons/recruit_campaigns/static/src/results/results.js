import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PERIODS = [
    ["month", _t("30 days")],
    ["quarter", _t("90 days")],
    ["year", _t("12 months")],
    ["all", _t("All time")],
];
// Columns of the messages: all but the first two are shares of what arrived.
const COLUMNS = [
    ["sent", _t("Sent")],
    ["bounced", _t("Bounced")],
    ["clicked", _t("Link")],
    ["replied", _t("Replied")],
    ["interested", _t("Interested")],
    ["applied", _t("Applied")],
    ["unsubscribed", _t("Unsubscribed")],
    ["complained", _t("Spam")],
    ["opened", _t("Opened")],
];
// Shown only where there is something to show.
const RARE = ["interested", "unsubscribed", "complained"];
const BY_MACHINES = {clicked: "machine_clicked", opened: "machine_opened"};

/**
 * What a campaign has brought: messages by step, wording and sender, the way of the
 * people, and what it added against those who got nothing.
 *
 * Everything comes from one call of `recruit.campaign.read_results()`. Every number
 * opens its rows.
 */
export class CampaignResults extends Component {
    static template = "recruit_campaigns.Results";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.periods = PERIODS;
        this.state = useState({view: "cohort", period: "all", results: null});
        this.asked = 0; // the latest question; answers to earlier ones are dropped
        onWillStart(() => this.load());
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.shown) {
                return this.load({}, next.record.resId);
            }
        });
    }

    async load(change = {}, campaign = this.props.record.resId) {
        Object.assign(this.state, change);
        this.shown = campaign;
        const asked = ++this.asked;
        const results =
            campaign &&
            (await this.orm.call("recruit.campaign", "read_results", [[campaign]], {
                view: this.state.view,
                period: this.state.period,
            }));
        if (asked === this.asked) {
            this.state.results = results || null;
        }
    }

    get isCohort() {
        return this.state.view === "cohort";
    }

    get isEmpty() {
        return !this.people.entered.count && !this.state.results.total.figures.sent;
    }

    get people() {
        return Object.fromEntries(
            this.state.results.people.map((line) => [line.name, line])
        );
    }

    get columns() {
        const {figures} = this.state.results.total;
        return COLUMNS.filter(([name]) => figures[name] || !RARE.includes(name));
    }

    /** Steps with their wordings below them, then the sum. */
    get lines() {
        const {steps, total} = this.state.results;
        const lines = steps.flatMap((step, place) => [
            {...step, key: `s${step.id}`, title: `${place + 1}. ${step.name}`},
            ...step.variants.map((variant) => ({
                ...variant,
                key: `v${variant.id}`,
                title: variant.name,
                isVariant: true,
            })),
        ]);
        if (steps.length > 1) {
            lines.push({...total, key: "total", title: _t("All steps"), isTotal: true});
        }
        return lines;
    }

    get verdicts() {
        return this.state.results.steps.filter((step) => step.verdict);
    }

    get senders() {
        const {senders} = this.state.results;
        return senders.length > 1 ? senders : [];
    }

    /** The way of the people, each with the share of the stage that it is measured by. */
    get funnel() {
        const {entered, reached, application} = this.people;
        const bases = {
            reached: entered,
            clicked: reached,
            replied: reached,
            application: entered,
            qualified: application,
            interview: application,
            offer: application,
            hire: application,
        };
        return this.state.results.people.map((line) => ({
            ...line,
            base: bases[line.name],
            width: entered.count
                ? Math.min((100 * line.count) / entered.count, 100)
                : 0,
        }));
    }

    get countedAt() {
        return formatDateTime(deserializeDateTime(this.state.results.counted_at));
    }

    count(value) {
        return formatInteger(value);
    }

    percent(part, whole) {
        if (!whole) {
            return "";
        }
        const share = (100 * part) / whole;
        return `${share && share < 10 ? share.toFixed(1) : Math.round(share)} %`;
    }

    share(line, name) {
        const base = name === "bounced" ? line.figures.sent : line.arrived;
        return name === "sent" ? "" : this.percent(line.figures[name], base);
    }

    machines(line, name) {
        return BY_MACHINES[name] ? line.figures[BY_MACHINES[name]] : 0;
    }

    openMachines(line, name) {
        return this.openMessages(line.rows[BY_MACHINES[name]], _t("By machines"));
    }

    openMessages(figure, name) {
        return this.open("recruit.campaign.delivery", figure, name);
    }

    openPeople(figure, name) {
        return this.open("recruit.campaign.enrollment", figure, name);
    }

    open(model, figure, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain: [["figure", "=", figure]],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    /** Where a figure of the interval stands on a line with nothing in the middle. */
    place(one, figure) {
        const most = Math.max(Math.abs(one.low), Math.abs(one.high), 1);
        return 50 + (45 * figure) / most;
    }
}

registry.category("view_widgets").add("recruit_campaign_results", {
    component: CampaignResults,
});
