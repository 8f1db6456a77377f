import {Component} from "@odoo/owl";
import {TypedInput} from "@recruit_crm/typed_input/typed_input";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The questions of a scorecard, one below the other, each with room to write: as a
 * table they would be cut off on a phone. What is written is saved by itself.
 */
export class Answers extends Component {
    static template = "recruit_ats_ext.Answers";
    static components = {TypedInput};
    static props = {...standardFieldProps};

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    async write(line, ev) {
        await line.update({answer: ev.target.value});
        await this.props.record.save();
    }
}

registry.category("fields").add("recruit_answers", {
    component: Answers,
    supportedTypes: ["one2many"],
    useSubView: true,
});
