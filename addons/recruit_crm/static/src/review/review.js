import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const {DateTime} = luxon;

const STORED = "recruit_crm.review.source";
const KEYS = {
    next: "n",
    previous: "p",
    advance: "a",
    convert: "c",
    tag: "t",
    remove: "r",
    snooze: "s",
};
// Acts after which the person is dealt with and the next one comes.
const MOVES_ON = ["advance", "remove", "convert", "snooze"];

/**
 * The review loop: one person at a time over a pool stage, the gate of a rule pool or
 * a choice of candidates, decided by single keys. The server side and the meaning of
 * `source` are in models/recruit_review.py.
 */
export class Review extends Component {
    static template = "recruit_crm.Review";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static path = "candidate-review";
    static displayName = _t("Review");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.panel = useRef("panel");
        this.heading = useRef("heading");
        this.source = this.rememberedSource();
        this.state = useState({
            title: "",
            ids: [],
            actions: [],
            jobs: [],
            tags: [],
            index: 0,
            card: null,
            asking: null,
            value: "",
            busy: false,
            said: "",
            done: 0,
        });
        onWillStart(() => this.start());
        for (const [name, key] of Object.entries(KEYS)) {
            useHotkey(key, () => this.press(name), {isAvailable: () => this.can(name)});
        }
        useHotkey("escape", () => this.close(), {
            bypassEditableProtection: true,
            isAvailable: () => Boolean(this.state.asking),
        });
        useEffect(
            (asking, panel) => panel?.querySelector("select, input")?.focus(),
            () => [this.state.asking, this.panel.el]
        );
        useEffect(
            (_id, heading) => heading?.focus({preventScroll: true}),
            () => [this.state.card?.id, this.heading.el]
        );
    }

    /** The source of the action; after a reload of the page the one of before. */
    rememberedSource() {
        const source = this.props.action.params?.source;
        if (source) {
            browser.sessionStorage.setItem(STORED, JSON.stringify(source));
            return source;
        }
        return JSON.parse(browser.sessionStorage.getItem(STORED) || "null");
    }

    get display() {
        return {controlPanel: {}};
    }

    get total() {
        return this.state.ids.length;
    }

    get isOver() {
        return this.state.index >= this.total;
    }

    /** The buttons in the order shown; what the source does not have is left out. */
    get buttons() {
        const gate = this.source?.kind === "gate";
        const next = this.state.card?.next_stage;
        const labels = {
            advance: gate ? _t("Accept") : _t("Advance"),
            convert: _t("Convert to application"),
            tag: _t("Tag"),
            remove: gate ? _t("Keep out") : _t("Remove"),
            snooze: _t("Snooze"),
        };
        return ["advance", "convert", "tag", "remove", "snooze"]
            .filter((name) => this.state.actions.includes(name))
            .map((name) => ({
                name,
                label: labels[name],
                hint: name === "advance" ? next : "",
                key: KEYS[name].toUpperCase(),
                disabled: !this.can(name),
            }));
    }

    get snoozes() {
        const today = DateTime.now();
        return [
            [_t("1 week"), {weeks: 1}],
            [_t("1 month"), {months: 1}],
            [_t("3 months"), {months: 3}],
            [_t("6 months"), {months: 6}],
            [_t("1 year"), {years: 1}],
        ].map(([name, span]) => ({name, id: today.plus(span).toISODate()}));
    }

    /** What an act asks for before it is done: a choice, or a word. */
    get question() {
        const questions = {
            convert: {label: _t("For which job?"), choices: this.state.jobs},
            tag: {label: _t("Which tag?"), choices: this.state.tags},
            snooze: {label: _t("For how long?"), choices: this.snoozes},
            remove: {label: _t("Why? (may stay empty)")},
        };
        return questions[this.state.asking];
    }

    date(value) {
        return formatDate(deserializeDateTime(value));
    }

    can(name) {
        const {actions, asking, busy, card, index} = this.state;
        if (busy || asking) {
            return false;
        }
        if (name === "previous") {
            return index > 0;
        }
        if (this.isOver || !card) {
            return false;
        }
        return name === "next" || (actions.includes(name) && !this.isLast(name));
    }

    /** In the last stage there is nowhere to advance to. */
    isLast(name) {
        return (
            name === "advance" &&
            this.source.kind === "stage" &&
            !this.state.card.next_stage
        );
    }

    call(method, ...rest) {
        return this.orm.call("recruit.review", method, [this.source, ...rest]);
    }

    async start() {
        if (!this.source) {
            return;
        }
        const {candidate_ids, ...found} = await this.call("start");
        Object.assign(this.state, found, {ids: candidate_ids});
        await this.show(0);
    }

    /** Show the person at this place; who has gone meanwhile is passed over. */
    async show(index) {
        const step = index < this.state.index ? -1 : 1;
        let card = false;
        while (index >= 0 && index < this.total) {
            card = await this.call("card", this.state.ids[index]);
            if (card || (step < 0 && index === 0)) {
                break;
            }
            index += step;
        }
        Object.assign(this.state, {index: Math.max(index, 0), card, asking: null});
    }

    async press(name) {
        if (!this.can(name)) {
            return;
        }
        if (name === "next" || name === "previous") {
            this.state.said = "";
            await this.working(() =>
                this.show(this.state.index + (name === "next" ? 1 : -1))
            );
        } else if (name === "advance") {
            await this.act(name);
        } else {
            const first = {convert: "jobs", tag: "tags"}[name];
            const choices = name === "snooze" ? this.snoozes : this.state[first];
            this.state.value = choices?.length ? String(choices[0].id) : "";
            this.state.asking = name;
        }
    }

    async confirm() {
        if (this.question.choices && !this.state.value) {
            return;
        }
        await this.act(this.state.asking, this.state.value);
    }

    close() {
        this.state.asking = null;
        this.heading.el?.focus();
    }

    async act(name, value = null) {
        await this.working(async () => {
            this.state.said = await this.call("act", this.state.card.id, name, value);
            if (MOVES_ON.includes(name)) {
                this.state.done++;
                await this.show(this.state.index + 1);
            } else {
                await this.show(this.state.index);
            }
        });
    }

    /** One request at a time: a key pressed twice decides once. */
    async working(job) {
        this.state.busy = true;
        try {
            await job();
        } finally {
            this.state.busy = false;
        }
    }

    openCandidate() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "recruit.candidate",
            res_id: this.state.card.id,
            views: [[false, "form"]],
        });
    }

    leave() {
        return this.action
            .restore()
            .catch(() => this.action.doAction("recruit_crm.recruit_candidate_action"));
    }
}

registry.category("actions").add("recruit_crm.review", Review);
