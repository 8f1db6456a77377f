import {Component} from "@odoo/owl";
import {formatInteger} from "@web/views/fields/formatters";
import {useService} from "@web/core/utils/hooks";

/** Who fits the rules as they stand in the builder: how many, and some of them. */
export class SegmentPreview extends Component {
    static template = "recruit_crm.SegmentPreview";
    static props = {
        preview: {type: [Object, {value: null}]},
        busy: Boolean,
        empty: Boolean,
    };

    setup() {
        this.action = useService("action");
    }

    get count() {
        return formatInteger(this.props.preview.count);
    }

    get more() {
        const {count, sample} = this.props.preview;
        return count > sample.length ? formatInteger(count - sample.length) : "";
    }

    about(person) {
        return [person.headline, person.city].filter(Boolean).join(", ");
    }

    async open(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "recruit.candidate",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}
