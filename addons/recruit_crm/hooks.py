from odoo.tools import SQL

from .models.recruit_candidate_backfill import AT_INSTALL

# Odoo's reports that leave out talent cards while this addon is installed.
ANALYSES = (
    "hr_applicant_action_analysis",
    "action_hr_recruitment_report_filtered_department",
    "action_hr_recruitment_report_filtered_job",
)


def post_init_hook(env):
    """Give every pool its stages, and the applicants that exist already their
    candidates, oldest first.

    The first ones now, so that a small database is whole at once; the cron goes on in
    the background with the others, and picks up where a stopped server left off.
    """
    env["hr.talent.pool"].with_context(active_test=False).search([])._ensure_stages()
    Applicant = env["hr.applicant"]
    last, done = 0, 0
    while done < AT_INSTALL and (batch := Applicant._adopt_next(last)):
        last, done = batch.ids[-1], done + len(batch)
    if done >= AT_INSTALL:
        env.ref("recruit_crm.ir_cron_adopt_applicants")._trigger()


def uninstall_hook(env):
    """Lift the append-only guard, so that the ledger can go with its addon."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_touch_append_only() CASCADE"))
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_pool_tally_count() CASCADE"))
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_candidate_block() CASCADE"))
    env.cr.execute(
        SQL("DROP FUNCTION IF EXISTS recruit_candidate_first_words() CASCADE")
    )
    env.cr.execute(
        SQL("DROP FUNCTION IF EXISTS recruit_candidate_block_list() CASCADE")
    )
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_consent_append_only() CASCADE"))
    env.cr.execute(SQL("DELETE FROM recruit_consent"))
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_credit_mark_due() CASCADE"))
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_match_mark_due() CASCADE"))
    env.cr.execute(SQL("DELETE FROM recruit_conversion"))
    env["ir.config_parameter"].set_param("recruit_crm.conversions_swept", False)
    env.cr.execute(SQL("UPDATE hr_applicant SET candidate_id = NULL"))
    env.cr.execute(SQL("UPDATE recruit_candidate SET first_touch_id = NULL"))
    env.cr.execute(SQL("DELETE FROM recruit_touch"))
    # the native field stays, and natively it has no column
    env.cr.execute(SQL("ALTER TABLE hr_applicant DROP COLUMN is_applicant_in_pool"))
    env.invalidate_all()
    for action in ANALYSES:
        env.ref(f"hr_recruitment.{action}").domain = False
