import {Component, onWillStart, useState} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {formatCurrency} from "@web/core/currency";
import {formatFloat} from "@web/core/utils/numbers";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const {DateTime} = luxon;

const PERIODS = [
    ["quarter", _t("3 months")],
    ["year", _t("12 months")],
    ["three_years", _t("3 years")],
    ["all", _t("All time")],
];
const ELAPSED = [_t("1 month"), _t("3 months"), _t("6 months"), _t("1 year")];
const TOP = 12;
// The date of each step in recruit.journey, in the order of the funnel.
const MOMENTS = ["applied_at", "qualified_at", "interview_at", "offer_at", "hired_at"];

/**
 * Where hires come from: sources under a model, what they cost, the funnel, cohorts.
 *
 * Everything comes from one call of `recruit.attribution.board.read_board()`, which only
 * reads. Every number opens its rows; every hire opens its receipt.
 */
export class AttributionBoard extends Component {
    static template = "recruit_crm.AttributionBoard";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static path = "recruit-attribution";
    static displayName = _t("Sources & Attribution");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.periods = PERIODS;
        this.elapsed = ELAPSED;
        this.state = useState({
            model: "first",
            period: "year",
            board: null,
            all: false,
            busy: false,
            ...this.props.state?.choice,
        });
        this.asked = 0; // the latest question; answers to earlier ones are dropped
        useSetupAction({getLocalState: () => this.choice});
        onWillStart(() => this.load());
    }

    get choice() {
        return {choice: {model: this.state.model, period: this.state.period}};
    }

    get display() {
        return {controlPanel: {}};
    }

    async load(change = {}) {
        const asked = ++this.asked;
        Object.assign(this.state, change, {busy: true});
        try {
            const board = await this.orm.call(
                "recruit.attribution.board",
                "read_board",
                [],
                {
                    model: this.state.model,
                    period: this.state.period,
                }
            );
            if (asked === this.asked) {
                this.state.board = board;
            }
        } finally {
            this.state.busy = asked !== this.asked;
        }
    }

    get modelName() {
        return Object.fromEntries(this.state.board.models)[this.state.model];
    }

    get rows() {
        const {ranking} = this.state.board;
        return this.state.all ? ranking : ranking.slice(0, TOP);
    }

    get hidden() {
        return this.state.all ? 0 : Math.max(this.state.board.ranking.length - TOP, 0);
    }

    get hasCosts() {
        return this.state.board.ranking.some((row) => row.cost);
    }

    get channels() {
        const [, ...channels] = this.state.board.funnel;
        return channels.slice(0, TOP);
    }

    get everybody() {
        return this.state.board.funnel[0];
    }

    get funnelSteps() {
        return this.state.board.steps.slice(0, MOMENTS.length);
    }

    amount(value) {
        return value === null || value === undefined
            ? "–"
            : formatCurrency(value, this.state.board.currency_id, {digits: [16, 0]});
    }

    count(value) {
        if (value > 0 && value < 0.05) {
            return "<0.1";
        }
        const whole = Math.abs(value - Math.round(value)) < 0.005;
        return formatFloat(value || 0, {digits: [16, whole ? 0 : 1]});
    }

    percent(part, whole) {
        return whole ? `${Math.round((100 * part) / whole)} %` : "–";
    }

    width(row) {
        const most = Math.max(...this.state.board.ranking.map((one) => one.hires), 0);
        return most ? (100 * row.hires) / most : 0;
    }

    date(value) {
        return formatDate(deserializeDateTime(value));
    }

    month(value) {
        return DateTime.fromISO(value).toLocaleString({
            month: "short",
            year: "numeric",
        });
    }

    heat(share) {
        return share === null ? "" : `--heat: ${Math.min(share * 2, 1).toFixed(2)}`;
    }

    open(name, model, domain, more = {}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
                [false, "form"],
            ].filter(([, type]) => type !== "form" || more.form),
            ...more.action,
        });
    }

    since(field) {
        return this.state.board.since ? [[field, ">=", this.state.board.since]] : [];
    }

    openCredit(row, kind) {
        const domain = [["kind", "=", kind], ...this.since("happened_at")];
        if (row) {
            domain.push(["channel_id", "=", row.id]);
        }
        return this.open(row?.name || _t("Credited"), "recruit.attribution", domain);
    }

    openHires() {
        return this.open(
            _t("Hires"),
            "recruit.conversion",
            [["kind", "=", "hire"], ...this.since("happened_at")],
            {
                action: {
                    views: [
                        [false, "list"],
                        [false, "form"],
                    ],
                },
            }
        );
    }

    openCosts(row) {
        return this.open(
            _t("Costs of Channels"),
            "recruit.channel.cost",
            row ? [["channel_id", "=", row.id]] : [],
            {
                action: {
                    views: [
                        [false, "list"],
                        [false, "pivot"],
                    ],
                },
            }
        );
    }

    openJourneys(row, step) {
        const domain = [[MOMENTS[step], "!=", false], ...this.since("applied_at")];
        if (row.id) {
            domain.push(["channel_id", "=", row.id]);
        }
        return this.open(row.name, "recruit.journey", domain);
    }

    openCohort(cohort, hired) {
        const domain = [
            ["first_touch_at", ">=", cohort.month],
            ["first_touch_at", "<", cohort.until],
        ];
        if (hired) {
            domain.push(["hired_at", "!=", false]);
        }
        return this.open(this.month(cohort.month), "recruit.journey", domain);
    }

    openReceipt(hire) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Receipt"),
            res_model: "recruit.conversion",
            res_id: hire.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("recruit_crm.attribution_board", AttributionBoard);
