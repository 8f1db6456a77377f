import logging
import time

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..skills.proof import EARLIEST

_logger = logging.getLogger(__name__)

BATCH = 2000  # applicants a commit: a killed process repeats a second of work
AT_INSTALL = 10_000  # adopted while the addon installs; the cron does the others
# What old applications say of the relationship; a later word takes the earlier's place.
STATES = ("new", "nurturing", "engaged", "in_process", "hired", "alumni", "employee")
# Columns of a candidate that Odoo has worked out already for the applicant.
KNOWN_OF_OLD = ("email_normalized", "phone_sanitized")
IMAGES = ("image_1024", "image_512", "image_256", "image_128")  # nobody has any


class HrApplicant(models.Model):
    """Applicants from before this addon get their candidates, in batches.

    Resumable: what a batch has done is committed with it, and who has no candidate yet
    is what remains. Nothing is told to other addons: what happened then is no news.
    """

    _inherit = "hr.applicant"

    # Serves _adopt_next(): who remains, also when there is nobody.
    _unadopted_idx = models.Index("(id) WHERE candidate_id IS NULL")

    @api.model
    def _cron_adopt_applicants(self):
        """Adopt who has no candidate yet, until the time of the cron is over."""
        everybody = self.with_context(active_test=False)
        remaining = everybody.search_count(self._unadopted_domain())
        last, done, started = 0, 0, time.monotonic()
        while batch := self._adopt_next(last):
            last, done = batch.ids[-1], done + len(batch)
            remaining = max(remaining - len(batch), 0)
            _logger.info(
                "%s applicants have their candidates now, %s to go, %.0f a second",
                done,
                remaining,
                done / (time.monotonic() - started),
            )
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    @api.model
    def _adopt_next(self, last=0, limit=BATCH):
        """Adopt the next applicants without a candidate and return them.

        :param int last: the id after which to go on: who could not be adopted does not
            stop those who follow, and is tried again in the next run
        """
        domain = [*self._unadopted_domain(), ("id", ">", last)]
        everybody = self.sudo().with_context(active_test=False)
        batch = everybody.search(domain, order="id", limit=limit)
        if batch:
            batch._adopt_safely()
        self.env.flush_all()
        self.env.invalidate_all()
        return batch

    def _adopt_safely(self):
        """Adopt all of them, or one by one where one of them cannot be."""
        try:
            with self.env.cr.savepoint():
                self._adopt()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # somebody applies right now: the cron comes again
        except (psycopg2.Error, UserError, ValueError):
            self.env.invalidate_all()
            if len(self) == 1:
                _logger.exception("applicant %s cannot be given a candidate", self.id)
                return
            for applicant in self:
                applicant._adopt_safely()

    def _adopt(self):
        """Give these applicants their candidates and their history."""
        quiet = self.with_context(recruit_backfill=True)
        people = quiet.env["recruit.candidate"]._resolve_batch(
            [applicant._prepare_person_of_old() for applicant in quiet]
        )
        quiet._set_candidates(people)
        quiet.env["recruit.candidate.skill"]._learn_from(quiet)
        quiet._join_pools_of_old()
        quiet.env["recruit.touch"]._log_of_old(quiet)
        quiet._adopt_employees()
        quiet._tell_states()

    def _prepare_person_of_old(self):
        """Return what the resolver needs, with what Odoo has worked out already."""
        values = self._prepare_person_values()
        number = self.partner_phone_sanitized or ""
        values["email_normalized"] = self.email_normalized
        # without a country code Odoo kept it as it was written
        values["phone_sanitized"] = number.startswith("+") and number
        return values

    def _set_candidates(self, people):
        """Link these applicants to their candidates.

        Purpose: the ORM writes 500 a second here and would change the date and the
        author of the last change. Size: a batch. Index: primary key.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE hr_applicant a SET candidate_id = r.candidate_id
                  FROM unnest(%s::int[], %s::int[]) AS r (id, candidate_id)
                 WHERE a.id = r.id
                """,
                self.ids,
                [person.id for person in people],
            )
        )
        self.invalidate_recordset(["candidate_id"])
        self.env["recruit.candidate"].invalidate_model(
            ["applicant_ids", "application_ids"]
        )

    def _join_pools_of_old(self):
        """Make members of those who are active talents; the card is there already."""
        Member = self.env["recruit.pool.member"]
        talents = self.filtered(lambda one: one.active and one.talent_pool_ids)
        joined = {
            (talent.candidate_id.id, pool.id): talent
            for talent in talents.sorted("id", reverse=True)
            for pool in talent.talent_pool_ids
        }
        known = Member.search(
            [("candidate_id", "in", talents.candidate_id.ids), ("left_at", "=", False)]
        )
        for member in known:
            joined.pop((member.candidate_id.id, member.pool_id.id), None)
        Member.create(
            [
                {
                    "candidate_id": candidate_id,
                    "pool_id": pool_id,
                    "joined_at": talent.create_date,
                }
                for (candidate_id, pool_id), talent in joined.items()
            ]
        )

    def _adopt_employees(self):
        """Link those who were hired and became employees."""
        for applicant in self.filtered("employee_id"):
            if not applicant.employee_id.candidate_id:
                applicant.employee_id.candidate_id = applicant.candidate_id

    def _tell_states(self):
        """Move each candidate on to the furthest state that these applicants prove.

        Purpose: one statement a batch, since nothing is told. 'Do not contact' stays.
        Size: a batch of candidates. Index: primary key.
        """
        furthest = {}
        for applicant in self:
            rank = STATES.index(applicant._state_of_old())
            person = applicant.candidate_id.id
            furthest[person] = max(rank, furthest.get(person, 0))
        self.env["recruit.candidate"].flush_model(["state"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE recruit_candidate c SET state = (%(states)s::text[])[r.rank]
                  FROM unnest(%(ids)s::int[], %(ranks)s::int[]) AS r (id, rank)
                 WHERE c.id = r.id
                   AND array_position(%(states)s::text[], c.state::text) < r.rank
                """,
                states=list(STATES),
                ids=list(furthest),
                ranks=[rank + 1 for rank in furthest.values()],
            )
        )
        self.candidate_id.invalidate_recordset(["state"])

    def _state_of_old(self):
        """Return the state of a candidate of whom no more is known than this."""
        self.ensure_one()
        if self.employee_id:
            return "employee" if self.employee_id.active else "alumni"
        steps = {"hired": "hired", "open": "in_process", "refused": "nurturing"}
        waits = self.active and self.talent_pool_ids
        return steps.get(self._journey_step(), "nurturing" if waits else "new")


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    @api.model
    def _create_resolved(self, values_list):
        """Create people; those from before the addon at the speed of the database."""
        if not (values_list and self.env.context.get("recruit_backfill")):
            return super()._create_resolved(values_list)
        # The ORM's own create: no thread, follower or message for each, no checks of
        # what a user types; defaults, computed columns and constraints as ever.
        people = models.BaseModel.create(self._quietly(), values_list)
        pairs = list(zip(people, values_list, strict=True))
        for name in KNOWN_OF_OLD:
            known = self.union(*(one for one, values in pairs if values.get(name)))
            self.env.remove_to_compute(self._fields[name], known)
        for name in IMAGES:
            self.env.remove_to_compute(self._fields[name], people)
        people._claim_identities()
        return people.with_env(self.env)

    def _record_event(self, kind, document=None, **details):
        if self.env.context.get("recruit_backfill"):
            return None
        return super()._record_event(kind, document, **details)


class RecruitPoolMember(models.Model):
    _inherit = "recruit.pool.member"

    def _join_natively(self):
        if self.env.context.get("recruit_backfill"):
            return None
        return super()._join_natively()


class RecruitCandidateSkill(models.Model):
    _inherit = "recruit.candidate.skill"

    @api.model
    def _learn_from(self, applicants):
        """Learn the skills that applicants state, each on the day it was stated.

        Purpose: skills of a whole batch of old applicants. Size: 5 lines an applicant,
        10,000 a batch. Index: hr_applicant_skill (applicant_id).
        """
        today = self.env["recruit.clock"].now().date()
        applicants.applicant_skill_ids.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (a.id, s.skill_id)
                       a.candidate_id, s.skill_id, a.id,
                       LEAST(GREATEST(l.level_progress, 0), 100),
                       GREATEST(%(earliest)s, LEAST(%(today)s,
                           COALESCE(s.valid_from, a.create_date::date)))
                  FROM hr_applicant_skill s
                  JOIN hr_applicant a ON a.id = s.applicant_id
                  JOIN hr_skill_level l ON l.id = s.skill_level_id
                  JOIN hr_skill_type t ON t.id = s.skill_type_id
                 WHERE s.applicant_id = ANY(%(ids)s)
                   AND (s.valid_to IS NULL OR s.valid_to >= %(today)s
                        OR t.is_certification)
              ORDER BY a.id, s.skill_id,
                       s.valid_to IS NULL OR s.valid_to >= %(today)s DESC,
                       s.valid_to DESC NULLS FIRST, s.id DESC
                """,
                ids=applicants.ids,
                today=today,
                earliest=EARLIEST,
            )
        )
        words = {one.id: one._claim_words() for one in applicants}
        self.env["recruit.skill.evidence"]._record(
            [
                {
                    "candidate_id": person,
                    "skill_id": skill,
                    "level": level,
                    "provenance": "self_declared",
                    "proven_on": day,
                    "res_model": applicants._name,
                    "res_id": applicant,
                    "words": words[applicant],
                }
                for person, skill, applicant, level, day in rows
            ]
        )


class RecruitTouch(models.Model):
    _inherit = "recruit.touch"

    @api.model
    def _origins_of_old(self, applications):
        """Return (id, source, medium, campaign, evidence, channel id) of each."""
        spontaneous = self.env._("Spontaneous application")
        channel_of = self.env["recruit.channel.rule"]._channel_of
        return [
            (
                one.id,
                one.source_id.display_name or None,
                one.medium_id.display_name or None,
                one.campaign_id.display_name or None,
                one.job_id.name or spontaneous,
                channel_of(
                    "application",
                    one.source_id.display_name,
                    one.medium_id.display_name,
                ),
            )
            for one in applications
        ]

    @api.model
    def _log_of_old(self, applicants):
        """Record the touch of each old application, on the day it came in.

        Purpose: what _log_application_touches() does, for a whole batch; through the
        ORM it is a third of the time of the backfill. Size: a batch. Indexes: primary
        keys, _dedupe_unique.
        """
        applications = applicants.filtered(lambda one: not one.talent_pool_ids)
        if not applications:
            return
        columns = zip(*self._origins_of_old(applications), strict=True)
        ids, sources, mediums, campaigns, evidence, channels = map(list, columns)
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO recruit_touch (candidate_id, company_id, occurred_at,
                    recorded_at, kind, source, medium, campaign, source_id, medium_id,
                    campaign_id, job_id, res_model, res_id, evidence, user_id,
                    dedupe_key, direction, verified, channel_id)
                SELECT a.candidate_id, c.company_id, a.create_date, %(now)s,
                       'application', r.source, r.medium, r.campaign, a.source_id,
                       a.medium_id, a.campaign_id, a.job_id, 'hr.applicant', a.id,
                       r.evidence, %(uid)s, 'application:' || a.id, 'inbound', false,
                       r.channel_id
                  FROM unnest(%(ids)s::int[], %(sources)s::text[], %(mediums)s::text[],
                              %(campaigns)s::text[], %(evidence)s::text[],
                              %(channels)s::int[])
                       AS r (id, source, medium, campaign, evidence, channel_id)
                  JOIN hr_applicant a ON a.id = r.id
                  JOIN recruit_candidate c ON c.id = a.candidate_id
                ON CONFLICT DO NOTHING
                RETURNING id
                """,
                now=self.env["recruit.clock"].now(),
                uid=self.env.uid,
                ids=ids,
                sources=sources,
                mediums=mediums,
                campaigns=campaigns,
                evidence=evidence,
                channels=channels,
            )
        )
        self.browse([row[0] for row in rows])._advance_candidates()
