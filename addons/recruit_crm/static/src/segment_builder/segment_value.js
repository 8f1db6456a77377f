import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {DomainSelectorDialog} from "@web/core/domain_selector_dialog/domain_selector_dialog";
import {MultiRecordSelector} from "@web/core/record_selectors/multi_record_selector";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {changed, emptyValue} from "./segment_tree";
import {useService} from "@web/core/utils/hooks";

/**
 * The editor of one value, for each kind that `segment/values.py` knows.
 *
 * `spec` is an operator of `get_builder_fields`, or one part of its value. `update` gets
 * the new value or a function of the one that is known by then: what is shown may lag
 * behind while names of records are read.
 */
export class SegmentValue extends Component {
    static template = "recruit_crm.SegmentValue";
    static components = {
        DateTimeInput,
        MultiRecordSelector,
        RecordSelector,
        SegmentValue,
    };
    static props = {
        spec: Object,
        value: {optional: true},
        label: String,
        update: Function,
    };

    setup() {
        this.dialog = useService("dialog");
    }

    get day() {
        return this.props.value ? deserializeDate(this.props.value) : false;
    }

    setDay(day) {
        this.props.update(day ? serializeDate(day) : null);
    }

    setNumber(text) {
        this.props.update(numberOf(text));
    }

    setPeriod(change) {
        this.props.update((now) => ({...now, ...change}));
    }

    setAmount(text) {
        this.setPeriod({amount: numberOf(text)});
    }

    toggle(option) {
        this.props.update((now) =>
            (now || []).includes(option)
                ? now.filter((one) => one !== option)
                : [...(now || []), option]
        );
    }

    get ids() {
        return [...(this.props.value || [])];
    }

    get shownParts() {
        const value = this.props.value || {};
        return this.props.spec.parts.filter(
            (part) => part.required || (value[part.name] ?? null) !== null
        );
    }

    get hiddenParts() {
        return this.props.spec.parts.filter((part) => !this.shownParts.includes(part));
    }

    setPart(part, change) {
        this.props.update((now) => ({
            ...now,
            [part.name]: changed(now?.[part.name], change),
        }));
    }

    showPart(part) {
        this.setPart(part, part.default ?? emptyValue(part));
    }

    dropPart(part) {
        this.props.update((now) => {
            const rest = {...now};
            delete rest[part.name];
            return rest;
        });
    }

    dropLabel(part) {
        return _t("Without: %s", part.label);
    }

    editDomain() {
        this.dialog.add(DomainSelectorDialog, {
            resModel: this.props.spec.model,
            domain: this.props.value || "[]",
            onConfirm: (domain) => this.props.update(domain),
            title: this.props.label,
        });
    }
}

/** A whole number, or the text itself, which the server then refuses in words. */
function numberOf(text) {
    return /^-?\d+$/.test(text.trim()) ? Number(text) : text;
}
