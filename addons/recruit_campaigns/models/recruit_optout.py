from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.recruit_candidate import CRM


class RecruitOptout(models.Model):
    """A person wants no more of something: a campaign, a topic, all recruiting mail.

    A dated fact; taking it back ends it. Of everything, the column `recruiting_opt_out`
    of the candidate is what the engine reads, and this is its history. The company's
    blacklist, which sales uses too, is another thing and never touched.
    """

    _name = "recruit.optout"
    _description = "Recruiting Opt-out"
    _order = "since desc, id desc"
    _rec_name = "candidate_id"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade"
    )
    scope = fields.Selection(
        [
            ("campaign", "One campaign"),
            ("topic", "One topic"),
            ("all", "All recruiting mail"),
        ],
        required=True,
    )
    campaign_id = fields.Many2one(
        "recruit.campaign", ondelete="cascade", index="btree_not_null"
    )
    topic_id = fields.Many2one(
        "recruit.topic", ondelete="restrict", index="btree_not_null"
    )
    how = fields.Selection(
        [
            ("link", "Link of a message"),
            ("page", "Preference page"),
            ("reply", "A reply"),
            ("complaint", "Reported as spam"),
            ("by_hand", "Recorded by a user"),
        ],
        required=True,
    )
    since = fields.Datetime(required=True)
    ended_at = fields.Datetime("Taken back", help="When the person took it back.")
    company_id = fields.Many2one(related="candidate_id.company_id", store=True)

    # What is open, once; serves the fence: has this person declined this campaign.
    _open_unique = models.UniqueIndex(
        "(candidate_id, scope, COALESCE(topic_id, 0), COALESCE(campaign_id, 0)) "
        "WHERE ended_at IS NULL",
        "This person has declined that already.",
    )
    # Serves export, erasure and merge: all rows of one person.
    _candidate_idx = models.Index("(candidate_id)")
    _scope_check = models.Constraint(
        "CHECK ((scope = 'topic') = (topic_id IS NOT NULL)"
        " AND (scope = 'campaign') = (campaign_id IS NOT NULL))",
        "An opt-out names what it is about, and nothing else.",
    )

    @api.model
    def _open(self, people, scope, how, *, topic=None, campaign=None):
        """Note what these people do not want; once is as good as twice.

        Size: the people of one request. Index: _open_unique.

        :return: the ids of the people for whom that is new
        """
        now = self.env["recruit.clock"].now()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO recruit_optout (candidate_id, scope, topic_id, campaign_id,
                       how, since, company_id,
                       create_uid, create_date, write_uid, write_date)
                SELECT c.id, %(scope)s, %(topic)s, %(campaign)s, %(how)s, %(now)s,
                       c.company_id, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM recruit_candidate c
                 WHERE c.id = ANY(%(ids)s)
                ON CONFLICT DO NOTHING
                RETURNING candidate_id
                """,
                scope=scope,
                topic=topic.id if topic else None,
                campaign=campaign.id if campaign else None,
                how=how,
                now=now,
                uid=self.env.uid,
                ids=people.ids,
            )
        )
        people.invalidate_recordset(["optout_ids"])
        return [row_id for (row_id,) in rows]

    def _end(self):
        """The person took it back."""
        self.filtered(lambda one: not one.ended_at).write(
            {"ended_at": self.env["recruit.clock"].now()}
        )


class RecruitCampaignEnrollment(models.Model):
    _inherit = "recruit.campaign.enrollment"

    exit_reason = fields.Selection(
        selection_add=[
            ("topic_declined", "Wants no mail on this topic"),
            ("campaign_declined", "Unsubscribed from this campaign"),
        ]
    )


class RecruitCandidate(models.Model):
    """What a person declined, beside all recruiting mail."""

    _inherit = "recruit.candidate"

    optout_ids = fields.One2many(
        "recruit.optout", "candidate_id", "Unsubscribed from", groups=CRM
    )

    def write(self, vals):
        """Keep the history of who wants no recruiting mail at all."""
        if "recruiting_opt_out" not in vals:
            return super().write(vals)
        wanted = bool(vals["recruiting_opt_out"])
        changed = self.filtered(lambda one: one.recruiting_opt_out != wanted)
        result = super().write(vals)
        # sudo: rows of the engine; who may write the person may change their word
        optouts = self.env["recruit.optout"].sudo()
        if wanted:
            self.env.flush_all()
            how = self.env.context.get("recruit_optout_how", "by_hand")
            optouts._open(changed, "all", how)
        else:
            changed.sudo().optout_ids.filtered(lambda one: one.scope == "all")._end()
        return result

    def _decline(self, *, topic=None, campaign=None, how="page"):
        """Want no more mail on a topic or of a campaign; no final dot follows.

        Other campaigns, mail about an application and the company's blacklist stay as
        they are. Once is as good as twice.

        :param topic: recruit.topic, or
        :param campaign: recruit.campaign
        """
        people = self._survivors()
        people._lock_dots()
        scope, what = ("topic", topic) if topic else ("campaign", campaign)
        # sudo: rows of the engine; whoever calls has checked the person's word
        optouts = self.env["recruit.optout"].sudo()
        new_ids = optouts._open(people, scope, how, topic=topic, campaign=campaign)
        for person in people.browse(new_ids):
            person._log_touch(
                "unsubscribed",
                evidence=self.env._("Wants no more of “%s”", what.sudo().name),
            )
        inside = people._active_enrollments().filtered(
            lambda one: what in (one.campaign_id, one.campaign_id.topic_id)
        )
        if inside:
            inside._exit(f"{scope}_declined")

    def _accept(self, topic):
        """Want mail on a topic again."""
        # sudo: see `_decline`
        self._survivors().sudo().optout_ids.filtered(
            lambda one: one.topic_id == topic
        )._end()

    @api.model
    def _campaign_stop_cases(self, candidate, campaign):
        """Why somebody must not get the mail of one campaign, whoever else may write.

        :param SQL candidate: the name of a row of recruit_candidate in the statement
        :param SQL campaign: the same of recruit_campaign
        :return list: as `_unreachable_cases`; the codes are keys of EXIT_REASONS
        """
        # a person has a handful of open rows: _open_unique finds them
        declined = """EXISTS (SELECT FROM recruit_optout o
                               WHERE o.candidate_id = %s.id AND o.ended_at IS NULL
                                 AND %s)"""
        topic = SQL("o.topic_id = %s.topic_id", campaign)
        this = SQL("o.campaign_id = %s.id", campaign)
        return [
            ("topic_declined", SQL(declined, candidate, topic)),
            ("campaign_declined", SQL(declined, candidate, this)),
        ]
