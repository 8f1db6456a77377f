import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {onMounted, status} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * The form of a candidate, where an old id leads to the person who was kept.
 *
 * Whoever wants to see the old record itself opens it with `show_merged` in the context;
 * it says then into whom it was merged.
 */
export class CandidateFormController extends formView.Controller {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.action = useService("action");
        onMounted(() => this.followMerge(this.model.root));
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = (root) => {
            if (status(this) === "mounted") {
                this.followMerge(root);
            }
        };
        return params;
    }

    async followMerge(root) {
        const survivor = root.data.merged_into_id;
        if (!survivor || this.props.context.show_merged || this.env.inDialog) {
            return;
        }
        const action = await this.orm.call(root.resModel, "action_open_survivor", [
            root.resId,
        ]);
        this.notification.add(
            _t("%(merged)s was merged into this person.", {merged: root.data.name}),
            {type: "info"}
        );
        await this.action.doAction(action, {stackPosition: "replaceCurrentAction"});
    }
}

registry.category("views").add("recruit_candidate_form", {
    ...formView,
    Controller: CandidateFormController,
});
