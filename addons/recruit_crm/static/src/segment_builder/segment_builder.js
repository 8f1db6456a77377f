import {Component, onWillStart, useRef, useState, useSubEnv} from "@odoo/owl";
import {
    canonical,
    fromJson,
    keysByPath,
    move,
    newCondition,
    newGroup,
    parentOf,
    remove,
    toJson,
} from "./segment_tree";
import {KeepLast} from "@web/core/utils/concurrency";
import {registry} from "@web/core/registry";
import {SegmentGroup} from "./segment_group";
import {SegmentPreview} from "./segment_preview";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useDebounced} from "@web/core/utils/timing";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const PATIENCE = 350; // ms after the last key before the server is asked
const SAMPLE = 6;

/**
 * The builder of a segment: rows of field, operator and value in groups, and beside
 * them how many fit, who for example, and the rules in words.
 *
 * What can be asked, what is wrong and who fits is the server's to say
 * (models/recruit_segment_builder.py). Alt with an arrow moves a row, Alt+Delete
 * removes it.
 */
export class SegmentBuilder extends Component {
    static template = "recruit_crm.SegmentBuilder";
    static components = {SegmentGroup, SegmentPreview};
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.area = useRef("area");
        this.latest = new KeepLast();
        this.ask = useDebounced(() => this.preview(), PATIENCE, {
            execBeforeUnmount: false,
        });
        this.state = useState({root: null, preview: null, busy: false});
        this.problems = useState({});
        this.fresh = new Set(); // rows that nobody has filled in yet
        this.pending = 0; // changes on their way to the form
        this.focusOn = 0; // the row that gets the keyboard once it is in its place
        useSubEnv({segmentBuilder: this});
        onWillStart(() => this.start());
        useRecordObserver((record) => this.follow(record));
    }

    async start() {
        const fields = await this.orm.call("recruit.segment", "get_builder_fields");
        this.fields = Object.fromEntries(fields.map((field) => [field.name, field]));
        this.sections = [];
        for (const field of fields) {
            if (this.sections.at(-1)?.name !== field.section) {
                const {section: name, section_label: label} = field;
                this.sections.push({name, label, fields: []});
            }
            this.sections.at(-1).fields.push(field);
        }
    }

    get readonly() {
        return Boolean(this.props.readonly);
    }

    /** Show what another hand wrote: a discard, a reload, another record. */
    follow(record) {
        const company = record.data.company_id?.id;
        const told = canonical(record.data[this.props.name]);
        if (this.pending) {
            return;
        }
        if (told !== this.told || record.resId !== this.resId) {
            Object.assign(this, {told, company, resId: record.resId});
            this.fresh.clear();
            this.state.root = fromJson(JSON.parse(told));
            this.preview();
        } else if (company !== this.company) {
            this.company = company;
            this.ask();
        }
    }

    addCondition(group) {
        const condition = newCondition(this.sections[0].fields[0]);
        this.add(group, condition, condition.key);
    }

    addGroup(group) {
        const kind = group.group === "any" ? "all" : "any";
        const added = newGroup(kind, this.sections[0].fields[0]);
        this.add(group, added, added.items[0].key);
    }

    add(group, node, rowKey) {
        this.fresh.add(rowKey);
        this.focusOn = rowKey;
        group.items.push(node);
        this.tell();
    }

    /** A row was edited by hand. */
    changed(key) {
        this.fresh.delete(key);
        this.tell();
    }

    move(key, step) {
        this.focusOn = key;
        if (move(this.state.root, key, step)) {
            this.tell();
        }
    }

    remove(key) {
        remove(this.state.root, key);
        delete this.problems[key];
        this.tell();
        this.area.el.querySelector(".o_segment_add_rule")?.focus();
    }

    onKeydown(ev, key) {
        if (!ev.altKey || this.readonly) {
            return;
        }
        const act = {
            ArrowUp: () => this.move(key, -1),
            ArrowDown: () => this.move(key, 1),
            Delete: () => this.remove(key),
        }[ev.key];
        if (act && key !== this.state.root.key) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    /** Called by each group that was drawn: the row may be in its place by now. */
    giveFocus() {
        const parent = this.focusOn && parentOf(this.state.root, this.focusOn);
        const place =
            parent && `[data-key='${parent.key}'] > [data-key='${this.focusOn}']`;
        const row = place && this.area.el?.querySelector(`${place} select`);
        if (row) {
            this.focusOn = 0;
            row.focus();
        }
    }

    /** Tell the form, and ask the server soon who fits now. */
    tell() {
        const tree = toJson(this.state.root);
        this.told = canonical(tree);
        this.ask();
        this.hand(tree);
    }

    /** The form takes one change after the other: until it has all, it lags behind. */
    async hand(tree) {
        const {name, record} = this.props;
        this.pending += 1;
        try {
            await record.update({[name]: tree});
        } finally {
            this.pending -= 1;
        }
        this.follow(record);
    }

    async preview() {
        const keys = keysByPath(this.state.root);
        this.state.busy = true;
        const answer = await this.latest.add(
            this.orm.silent.call("recruit.segment", "preview", [
                toJson(this.state.root),
                SAMPLE,
                this.company || null,
                this.resId || null,
            ])
        );
        for (const key of Object.keys(this.problems)) {
            delete this.problems[key];
        }
        for (const {path, message} of answer.problems) {
            const key = keys[path.join(",")];
            if (!this.fresh.has(key)) {
                this.problems[key] = message;
            }
        }
        Object.assign(this.state, {preview: answer, busy: false});
    }
}

export const segmentBuilder = {
    component: SegmentBuilder,
    supportedTypes: ["json"],
    fieldDependencies: [{name: "company_id", type: "many2one"}],
};

registry.category("fields").add("recruit_segment_builder", segmentBuilder);
