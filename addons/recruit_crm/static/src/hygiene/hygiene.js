import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const WIDTH = 120;
const HEIGHT = 32;

/**
 * The board of data quality: a card for each check, its people behind it. The server
 * side is models/recruit_hygiene.py; the checks are in hygiene/checks.py.
 */
export class Hygiene extends Component {
    static template = "recruit_crm.Hygiene";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static path = "data-quality";
    static displayName = _t("Data Quality");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({board: null, busy: false});
        onWillStart(async () => {
            this.state.board = await this.call("board");
        });
    }

    call(method, ...words) {
        return this.orm.call("recruit.hygiene", method, words);
    }

    async recount() {
        this.state.busy = true;
        try {
            this.state.board = await this.call("recount");
        } finally {
            this.state.busy = false;
        }
    }

    async open(card) {
        this.action.doAction(await this.call("open_check", card.code));
    }

    /** How old the figures are, in words. */
    get age() {
        const {counted_at: countedAt, minutes} = this.state.board;
        if (!countedAt) {
            return _t("Not counted yet.");
        }
        if (minutes < 1) {
            return _t("Counted just now.");
        }
        if (minutes === 1) {
            return _t("Counted a minute ago.");
        }
        if (minutes < 120) {
            return _t("Counted %s minutes ago.", minutes);
        }
        return _t("Counted %s hours ago.", Math.round(minutes / 60));
    }

    number(value) {
        return value.toLocaleString();
    }

    color(card) {
        return card.count ? card.severity : "success";
    }

    /** The points of the trend as an SVG line; "" where there is only one day. */
    line(card) {
        const trend = card.trend;
        if (trend.length < 2) {
            return "";
        }
        const top = Math.max(...trend, 1);
        return trend
            .map((value, day) => {
                const x = (day * WIDTH) / (trend.length - 1);
                const y = HEIGHT - 2 - (value * (HEIGHT - 4)) / top;
                return `${x.toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    /** What changed over the days shown: "+12" or "-3". */
    change(card) {
        const change = card.trend.length ? card.count - card.trend[0] : 0;
        return change > 0 ? `+${this.number(change)}` : this.number(change);
    }
}

registry.category("actions").add("recruit_crm.hygiene", Hygiene);
