import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * Say how many were refused, with the way back: one click undoes it.
 *
 * `params`: ids of the applications, message.
 */
registry.category("actions").add("recruit_refused", (env, action) => {
    const {ids, message} = action.params;
    const close = env.services.notification.add(message, {
        type: "success",
        autocloseDelay: 10000,
        buttons: [
            {
                name: _t("Undo"),
                primary: true,
                onClick: async () => {
                    close();
                    const done = await env.services.orm.call(
                        "hr.applicant",
                        "action_undo_refusal",
                        [ids]
                    );
                    await env.services.action.doAction(done);
                    await env.services.action.doAction("soft_reload");
                },
            },
        ],
    });
    return {type: "ir.actions.act_window_close"};
});
