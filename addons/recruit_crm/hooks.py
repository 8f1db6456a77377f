from odoo.tools import SQL

ADOPTION_BATCH = 500  # applicants a round: memory stays flat, the cache warm


def post_init_hook(env):
    """Give every applicant that exists already its candidate, oldest first, and every
    pool its stages."""
    env["hr.talent.pool"].with_context(active_test=False).search([])._ensure_stages()
    Applicant = env["hr.applicant"].sudo().with_context(active_test=False)
    while batch := Applicant.search(
        Applicant._unadopted_domain(), order="create_date, id", limit=ADOPTION_BATCH
    ):
        batch._adopt()
        env.flush_all()
        env.invalidate_all()


def uninstall_hook(env):
    """Lift the append-only guard, so that the ledger can go with its addon."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_touch_append_only() CASCADE"))
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS recruit_pool_tally_count() CASCADE"))
    env.cr.execute(SQL("UPDATE hr_applicant SET candidate_id = NULL"))
    env.cr.execute(SQL("UPDATE recruit_candidate SET first_touch_id = NULL"))
    env.cr.execute(SQL("DELETE FROM recruit_touch"))
    env.invalidate_all()
