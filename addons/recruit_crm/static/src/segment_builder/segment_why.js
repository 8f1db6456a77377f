import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {RecordSelector} from "@web/core/record_selectors/record_selector";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** The rules of a segment, each with whether one candidate fits and what is known. */
export class SegmentRules extends Component {
    static template = "recruit_crm.SegmentRules";
    static components = {SegmentRules};
    static props = {rule: Object};
}

/** Why one candidate is in a segment or not. */
export class SegmentAnswer extends Component {
    static template = "recruit_crm.SegmentAnswer";
    static components = {SegmentRules};
    static props = {segmentId: Number, candidateId: Number};

    setup() {
        this.orm = useService("orm");
        this.latest = new KeepLast();
        this.state = useState({answer: null});
        onWillStart(() => this.ask(this.props));
        onWillUpdateProps((props) => this.ask(props));
    }

    async ask({segmentId, candidateId}) {
        this.state.answer = await this.latest.add(
            this.orm.call("recruit.segment", "explain_candidate", [
                segmentId,
                candidateId,
            ])
        );
    }
}

/** On the form of a segment: choose a candidate and see why they are in or out. */
export class SegmentWhy extends Component {
    static template = "recruit_crm.SegmentWhy";
    static components = {RecordSelector, SegmentAnswer};
    static props = {...standardWidgetProps};

    setup() {
        this.state = useState({candidateId: false});
        this.context = {active_test: false};
    }

    /** Asked anew when the segment is saved. */
    get version() {
        const {record} = this.props;
        return `${record.resId}.${record.data.write_date?.ts}`;
    }

    choose(candidateId) {
        this.state.candidateId = candidateId;
    }
}

/** On the form of a candidate: every segment, in or out, and why. */
export class CandidateSegments extends Component {
    static template = "recruit_crm.CandidateSegments";
    static components = {SegmentAnswer};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({segments: [], opened: 0});
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((props) => this.load(props.record));
    }

    async load({resId}) {
        this.state.segments = resId
            ? await this.orm.call("recruit.candidate", "list_segments", [resId])
            : [];
    }

    toggle(id) {
        this.state.opened = this.state.opened === id ? 0 : id;
    }

    async open(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "recruit.segment",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

const widgets = registry.category("view_widgets");
widgets.add("recruit_segment_why", {
    component: SegmentWhy,
    fieldDependencies: [{name: "write_date", type: "datetime"}],
});
widgets.add("recruit_candidate_segments", {component: CandidateSegments});
