import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    formatDateTime,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// Parts of a day, from the bottom of its column to the top.
const PARTS = [
    ["send", _t("get it when due"), "bg-success"],
    ["later", _t("get it later than due"), "bg-warning"],
    ["take", _t("come to another step"), "bg-info"],
    ["hold", _t("still wait"), "bg-secondary"],
    ["skip", _t("get nothing"), "bg-danger"],
];

/**
 * Who gets what in the next fourteen days, who waits and why: a column a day.
 *
 * Everything comes from one call of `recruit.campaign.read_forecast()`, which asks the
 * planner that sends. It is asked again whenever the campaign was saved.
 */
export class CampaignForecast extends Component {
    static template = "recruit_campaigns.Forecast";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.parts = PARTS;
        this.format = formatInteger;
        this.state = useState({forecast: null, loading: true});
        this.asked = 0; // the latest question; answers to earlier ones are dropped
        onWillStart(() => {
            this.load(this.props.record);
        });
        onWillUpdateProps((next) => {
            if (this.stampOf(next.record) !== this.stamp) {
                this.load(next.record);
            }
        });
    }

    stampOf(record) {
        return `${record.resId} ${record.data.write_date}`;
    }

    async load(record, again = false) {
        this.stamp = this.stampOf(record);
        const asked = ++this.asked;
        this.state.loading = true;
        const forecast =
            record.resId &&
            (await this.orm.call(
                "recruit.campaign",
                "read_forecast",
                [[record.resId]],
                {
                    again,
                }
            ));
        if (asked === this.asked) {
            this.state.forecast = forecast || null;
            this.state.loading = false;
        }
    }

    get at() {
        return formatDateTime(deserializeDateTime(this.state.forecast.at));
    }

    get most() {
        return Math.max(1, ...this.state.forecast.days.map((day) => this.sum(day)));
    }

    sum(day) {
        return PARTS.reduce((total, [name]) => total + day[name], 0);
    }

    total(name) {
        return this.state.forecast.days.reduce((total, day) => total + day[name], 0);
    }

    weekday(day) {
        return deserializeDate(day.day).toFormat("ccc");
    }

    date(day) {
        return deserializeDate(day.day).toFormat("d LLL");
    }

    height(day, name) {
        return Math.round((100 * day[name]) / this.most);
    }

    told(day) {
        const parts = PARTS.filter(([name]) => day[name]);
        const words = parts.map(([name, label]) => `${day[name]} ${label}`);
        return `${this.date(day)}: ${words.join(", ")}`;
    }

    async open(limits = {}) {
        const id = this.props.record.resId;
        const method = "action_view_forecast_people";
        this.action.doAction(
            await this.orm.call("recruit.campaign", method, [[id]], limits)
        );
    }

    /** The people of one reason. */
    openWhy({action, hold, missing, stop}) {
        return this.open({action, hold, missing, stop});
    }

    async openCalendar() {
        const id = this.props.record.resId;
        this.action.doAction(
            await this.orm.call("recruit.campaign", "action_view_forecast", [[id]])
        );
    }

    again() {
        return this.load(this.props.record, true);
    }
}

registry.category("view_widgets").add("recruit_campaign_forecast", {
    component: CampaignForecast,
    fieldDependencies: [{name: "write_date", type: "datetime", readonly: true}],
});
