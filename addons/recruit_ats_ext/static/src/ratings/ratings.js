import {Component} from "@odoo/owl";
import {TypedInput} from "@recruit_crm/typed_input/typed_input";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const SAVE_AFTER = 1500; // ms without a further answer

/**
 * The attributes of a scorecard, each with its five ratings to click, by keyboard too:
 * arrows move between ratings, a second click takes the rating back. What is chosen is
 * saved by itself, so that a closed phone loses nothing.
 */
export class Ratings extends Component {
    static template = "recruit_ats_ext.Ratings";
    static components = {TypedInput};
    static props = {...standardFieldProps};

    setup() {
        this.save = useDebounced(() => this.props.record.save(), SAVE_AFTER, {
            execBeforeUnmount: true,
        });
    }

    get groups() {
        const labels = Object.fromEntries(this.fields.category.selection);
        const groups = Object.groupBy(this.lines, (line) => line.data.category);
        return Object.entries(groups).map(([category, lines]) => ({
            category,
            label: labels[category],
            lines,
        }));
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    get fields() {
        return this.props.record.data[this.props.name].fields;
    }

    choices(line) {
        const anchors = line.data.anchors || {};
        return this.fields.rating.selection.map(([value, label]) => ({
            value,
            label,
            words: anchors[value] || label,
            chosen: line.data.rating === value,
        }));
    }

    said(line) {
        return (
            this.choices(line).find((choice) => choice.chosen)?.words || _t("Not rated")
        );
    }

    noteLabel(line) {
        return _t("%s: what did you see?", line.data.name);
    }

    async rate(line, value) {
        await line.update({rating: line.data.rating === value ? false : value});
        this.save();
    }

    async note(line, ev) {
        await line.update({note: ev.target.value});
        this.save();
    }

    move(ev) {
        const step = {ArrowRight: 1, ArrowLeft: -1}[ev.key];
        if (step) {
            ev.preventDefault();
            const buttons = [...ev.currentTarget.querySelectorAll("button")];
            buttons[buttons.indexOf(document.activeElement) + step]?.focus();
        }
    }
}

registry.category("fields").add("recruit_ratings", {
    component: Ratings,
    supportedTypes: ["one2many"],
    useSubView: true,
});
