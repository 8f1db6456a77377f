import {Component, useEffect, useRef} from "@odoo/owl";

/**
 * A field for text that belongs to whoever types in it. A `t-att-value` is written anew
 * each time the screen is drawn, as after the saving of another field, and what
 * somebody was typing would be gone.
 */
export class TypedInput extends Component {
    static template = "recruit_crm.TypedInput";
    static props = {
        value: [String, Number],
        label: String,
        write: Function, // gets the event "change"
        type: {type: String, optional: true},
        rows: {type: Number, optional: true}, // of a text of several lines
        placeholder: {type: String, optional: true},
        className: {type: String, optional: true},
    };
    static defaultProps = {type: "text", placeholder: "", className: ""};

    setup() {
        const text = useRef("text");
        useEffect(
            (value) => {
                if (text.el !== document.activeElement) {
                    text.el.value = value;
                }
            },
            () => [this.props.value]
        );
    }
}
