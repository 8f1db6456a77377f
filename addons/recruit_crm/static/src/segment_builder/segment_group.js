import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {changed, keptValue} from "./segment_tree";
import {SegmentValue} from "./segment_value";

const KINDS = [
    {name: "all", label: _t("all")},
    {name: "any", label: _t("any")},
    {name: "none", label: _t("none")},
];

/** What moves or drops a node, by mouse and by keyboard. */
export class SegmentTools extends Component {
    static template = "recruit_crm.SegmentTools";
    static props = {node: Object, what: String};

    setup() {
        this.builder = this.env.segmentBuilder;
    }
}

/** One condition: a field, how it is compared, a value, and what is wrong with it. */
export class SegmentCondition extends Component {
    static template = "recruit_crm.SegmentCondition";
    static components = {SegmentTools, SegmentValue};
    static props = {node: Object};

    setup() {
        this.builder = this.env.segmentBuilder;
        this.node = useState(this.props.node);
        this.problems = useState(this.builder.problems);
    }

    get field() {
        return this.builder.fields[this.node.field];
    }

    get operator() {
        return this.field?.operators.find((one) => one.name === this.node.operator);
    }

    get problem() {
        return this.problems[this.node.key];
    }

    setField(name) {
        const {operators} = this.builder.fields[name];
        this.setOperator(operators[0], {field: name});
    }

    setOperator(operator, more = {}) {
        const value = keptValue(this.node.value, this.operator, operator);
        Object.assign(this.node, more, {operator: operator.name, value});
        this.builder.changed(this.node.key);
    }

    setOperatorName(name) {
        this.setOperator(this.field.operators.find((one) => one.name === name));
    }

    setValue(change) {
        this.node.value = changed(this.node.value, change);
        this.builder.changed(this.node.key);
    }
}

/** Conditions and groups that all, any or none must hold. */
export class SegmentGroup extends Component {
    static template = "recruit_crm.SegmentGroup";
    static components = {SegmentCondition, SegmentGroup, SegmentTools};
    static props = {node: Object, isRoot: {type: Boolean, optional: true}};

    setup() {
        this.builder = this.env.segmentBuilder;
        this.node = useState(this.props.node);
        this.problems = useState(this.builder.problems);
        this.kinds = KINDS;
        useEffect(() => this.builder.giveFocus());
    }

    setKind(kind) {
        this.node.group = kind;
        this.builder.changed(this.node.key);
    }
}
