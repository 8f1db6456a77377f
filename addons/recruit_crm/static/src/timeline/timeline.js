import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {
    Component,
    onWillStart,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

const PAGE = 40;
const CHIPS = [
    {kind: "touch", label: _t("Touches")},
    {kind: "application", label: _t("Applications")},
    {kind: "message", label: _t("Messages")},
    {kind: "meeting", label: _t("Meetings")},
    {kind: "pool", label: _t("Pools")},
    {kind: "state", label: _t("State")},
    {kind: "consent", label: _t("Consent")},
    {kind: "campaign", label: _t("Campaigns")},
];

/**
 * Everything that happened with a candidate, newest first, one page after the other.
 *
 * The page comes from `recruit.candidate.timeline()`, which holds the user's rights.
 * Arrow keys move from entry to entry, Enter opens the document of one.
 */
export class Timeline extends Component {
    static template = "recruit_crm.Timeline";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.list = useRef("list");
        this.state = useState({
            entries: [],
            next: false,
            kinds: [],
            chips: [],
            busy: false,
        });
        this.asked = 0; // the latest question; answers to earlier ones are dropped
        this.focusAt = 0; // the entry that gets the keyboard once it is there
        useEffect(
            () => {
                if (this.focusAt) {
                    this.items[this.focusAt]?.focus();
                    this.focusAt = 0;
                }
            },
            () => [this.state.entries.length]
        );
        onWillStart(() => this.load(this.props.record));
        // the form was saved, reloaded or shows another person
        onWillUpdateProps((props) => this.load(props.record));
    }

    async load(record, before = false) {
        const asked = ++this.asked;
        if (!record.resId) {
            Object.assign(this.state, {entries: [], next: false});
            return;
        }
        this.state.busy = true;
        try {
            const page = await this.orm.call(
                record.resModel,
                "timeline",
                [record.resId],
                {
                    limit: PAGE,
                    before,
                    kinds: [...this.state.kinds],
                }
            );
            if (asked === this.asked) {
                const entries = page.entries.map((entry) => this.prepare(entry));
                this.state.entries = before
                    ? [...this.state.entries, ...entries]
                    : entries;
                this.state.next = page.next;
                this.state.chips = CHIPS.filter(({kind}) => page.kinds.includes(kind));
            }
        } finally {
            this.state.busy = asked !== this.asked;
        }
    }

    prepare(entry) {
        const at = deserializeDateTime(entry.at);
        return {
            ...entry,
            month: at.toFormat("LLLL yyyy"),
            day: at.toLocaleString({day: "numeric", month: "short"}),
            moment: formatDateTime(at),
        };
    }

    startsMonth(index) {
        const {entries} = this.state;
        return !index || entries[index].month !== entries[index - 1].month;
    }

    async toggle(kind) {
        const {kinds} = this.state;
        this.state.kinds = kinds.includes(kind)
            ? kinds.filter((one) => one !== kind)
            : [...kinds, kind];
        await this.load(this.props.record);
    }

    async showAll() {
        this.state.kinds = [];
        await this.load(this.props.record);
    }

    async showOlder() {
        this.focusAt = this.state.entries.length;
        await this.load(this.props.record, this.state.next);
    }

    get items() {
        return [...this.list.el.querySelectorAll(".o_recruit_timeline_entry")];
    }

    onKeydown(ev) {
        const moves = {ArrowDown: 1, ArrowUp: -1};
        const at = this.items.indexOf(ev.target);
        if (at < 0) {
            return;
        }
        if (ev.key in moves) {
            ev.preventDefault();
            this.items[at + moves[ev.key]]?.focus();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.open(this.state.entries[at]);
        }
    }

    async open(entry) {
        if (entry.link) {
            const [model, id] = entry.link;
            await this.action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            });
        }
    }
}

registry.category("view_widgets").add("recruit_timeline", {component: Timeline});
