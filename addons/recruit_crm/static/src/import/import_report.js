import {patch} from "@web/core/utils/patch";
import {ImportAction} from "@base_import/import_action/import_action";

/** After an import of candidates: what became of each row, instead of a bare list. */
patch(ImportAction.prototype, {
    async handleImport(isTest = true) {
        await super.handleImport(isTest);
        if (!isTest && this.resModel === "recruit.candidate") {
            await this.showCandidateReport();
        }
    },

    openRecords(resIds) {
        if (this.resModel !== "recruit.candidate") {
            super.openRecords(resIds);
        }
    },

    async showCandidateReport() {
        const action = await this.model.orm.call(
            "recruit.import.report",
            "open_of_import",
            [this.model.id]
        );
        if (action) {
            this.actionService.doAction(action);
        }
    },
});
