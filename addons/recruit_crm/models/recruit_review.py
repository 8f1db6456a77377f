from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

QUEUE = 500  # people in one sitting; who is left comes with the next one
CHOICES = 200  # jobs and tags to choose from
CARD_FIELDS = (
    "name",
    "headline",
    "email",
    "phone",
    "city",
    "unreachable_reason",
    "why_now",
    "application_count",
    "touch_count",
)


class RecruitReview(models.AbstractModel):
    """The server side of the review loop: one person at a time, decided by keyboard.

    A *source* says whom the loop goes through, a dict of plain values:

    * ``{"kind": "stage", "pool_id": 1, "stage_id": 2}``: the members in a stage of a
      pool, or in all of them where ``stage_id`` is absent;
    * ``{"kind": "gate", "pool_id": 1}``: who waits at the gate of a rule pool;
    * ``{"kind": "candidates", "candidate_ids": [1, 2]}``: any choice of candidates.

    All public methods are the API of the client action (static/src/review); they do
    what the user might do in the forms, with the user's rights.
    """

    _name = "recruit.review"
    _description = "Review Loop"

    @api.model
    def start(self, source):
        """Return whom the loop goes through and what may be done with them.

        :return: dict with ``title``, ``candidate_ids``, ``actions`` (names of acts),
            ``jobs`` and ``tags`` (lists of {id, name})
        """
        return {
            "title": self._title(source),
            "candidate_ids": self._rows(source, limit=QUEUE).ids
            if source["kind"] == "candidates"
            else self._rows(source, limit=QUEUE).candidate_id.ids,
            "actions": self._actions(source),
            "jobs": self._choices("hr.job"),
            "tags": self._choices("hr.applicant.category"),
        }

    @api.model
    def card(self, source, candidate_id):
        """Return what is shown of one person, or False if they are no longer there."""
        row = self._rows(source, candidate_id)
        if not row:
            return False
        person = row if row._name == "recruit.candidate" else row.candidate_id
        values = person.read(CARD_FIELDS)[0]
        states = dict(person._fields["state"]._description_selection(self.env))
        values |= {
            "state": states[person.state],
            "is_silent": person.state == "do_not_contact",
            "tags": person.categ_ids.mapped("name"),
            "pools": person.pool_ids.mapped("display_name"),
            "skills": [
                {"name": line.skill_id.name, "level": line.level}
                for line in person.skill_ids.sorted("level", reverse=True)[:8]
            ],
            "touches": self._last_touches(person),
            "stage": "",
            "next_stage": "",
            "reason": "",
        }
        if row._name == "recruit.pool.member":
            values |= {
                "stage": row.stage_id.name or "",
                "next_stage": (row.stage_id and row.stage_id._next().name) or "",
                "reason": row.reason or "",
            }
        return values

    @api.model
    def act(self, source, candidate_id, action, value=None):
        """Do one thing with one person and return the sentence that says so.

        :param str action: advance, remove, convert, tag or snooze
        :param value: why out (remove), id of the job (convert) or tag (tag), date as
            YYYY-MM-DD (snooze)
        :raise UserError: for an act the source does not have, or a person who is gone
        """
        row = self._rows(source, candidate_id)
        if not row:
            raise UserError(self.env._("This person is no longer here. Go on."))
        if action not in self._actions(source):
            raise UserError(self.env._("This cannot be done here."))
        person = row if row._name == "recruit.candidate" else row.candidate_id
        return getattr(self, f"_act_{action}")(row, person, value)

    def _actions(self, source):
        """Return the names of the acts that this source has, in the order shown."""
        names = [] if source["kind"] == "candidates" else ["advance", "remove"]
        names += ["convert", "tag"]
        if hasattr(self.env["recruit.candidate"], "action_snooze"):
            names.append("snooze")
        return names

    def _title(self, source):
        if source["kind"] == "candidates":
            return self.env._("Review Candidates")
        pool = self.env["hr.talent.pool"].browse(source["pool_id"])
        pool.check_access("read")
        if source["kind"] == "gate":
            return self.env._("%(pool)s: to review", pool=pool.name)
        stage = self.env["recruit.pool.stage"].browse(source.get("stage_id") or [])
        return f"{pool.name}: {stage.name}" if stage else pool.name

    def _rows(self, source, candidate_id=None, limit=None):
        """Return the rows of the source, members, newcomers or candidates, oldest
        first; with ``candidate_id`` the row of this person alone."""
        if source["kind"] == "candidates":
            chosen = source["candidate_ids"]
            if candidate_id:
                chosen = [one for one in chosen if one == candidate_id]
            people = self.env["recruit.candidate"].with_context(active_test=False)
            found = people.search([("id", "in", chosen)])
            return found.sorted(lambda one: chosen.index(one.id))[:limit]
        domain = Domain("pool_id", "=", source["pool_id"])
        if candidate_id:
            domain &= Domain("candidate_id", "=", candidate_id)
        if source["kind"] == "gate":
            return self.env["recruit.pool.newcomer"].search(domain, limit=limit)
        domain &= Domain("left_at", "=", False)
        if source.get("stage_id") and not candidate_id:
            domain &= Domain("stage_id", "=", source["stage_id"])
        return self.env["recruit.pool.member"].search(
            domain, order="joined_at, id", limit=limit
        )

    def _choices(self, model):
        rows = self.env[model].search([], limit=CHOICES)
        return [{"id": row.id, "name": row.display_name} for row in rows]

    def _last_touches(self, person):
        kinds = self.env["recruit.touch"]._fields["kind"]
        words = dict(kinds._description_selection(self.env))
        touches = self.env["recruit.touch"].search(
            [("candidate_id", "=", person.id)], limit=4
        )
        return [
            {
                "id": touch.id,
                "on": touch.occurred_at,
                "words": " · ".join(
                    filter(None, (words[touch.kind], touch.source, touch.evidence))
                ),
            }
            for touch in touches
        ]

    def _act_advance(self, row, person, _value):
        if row._name == "recruit.pool.newcomer":
            pool = row.pool_id.display_name
            row.action_accept()
            return self.env._(
                "%(name)s is in %(pool)s now.", name=person.name, pool=pool
            )
        row.action_advance()
        return self.env._(
            "%(name)s: %(stage)s.", name=person.name, stage=row.stage_id.name or ""
        )

    def _act_remove(self, row, person, reason):
        if row._name == "recruit.pool.newcomer":
            row.action_keep_out(reason)
            return self.env._("%(name)s is kept out.", name=person.name)
        row._leave(reason)
        return self.env._("%(name)s left the pool.", name=person.name)

    def _act_convert(self, _row, person, job_id):
        job = self.env["hr.job"].browse(int(job_id))
        job.check_access("read")
        person._create_application(job)
        return self.env._(
            "%(name)s has an application for %(job)s.", name=person.name, job=job.name
        )

    def _act_tag(self, _row, person, tag_id):
        tag = self.env["hr.applicant.category"].browse(int(tag_id))
        person.categ_ids |= tag
        return self.env._("%(name)s: %(tag)s.", name=person.name, tag=tag.name)

    def _act_snooze(self, _row, person, until):
        person.action_snooze(until)
        return self.env._("%(name)s sleeps until %(day)s.", name=person.name, day=until)


class RecruitCandidate(models.Model):
    _inherit = "recruit.candidate"

    def action_review(self):
        """Go through these candidates one by one."""
        return {
            "type": "ir.actions.client",
            "tag": "recruit_crm.review",
            "name": self.env._("Review"),
            "params": {"source": {"kind": "candidates", "candidate_ids": self.ids}},
        }


class HrTalentPool(models.Model):
    _inherit = "hr.talent.pool"

    def action_review(self):
        """Go through the members of this pool one by one."""
        self.ensure_one()
        return self._open_review({"kind": "stage", "pool_id": self.id})

    def action_review_newcomers(self):
        """Go through who waits at the gate of this pool."""
        self.ensure_one()
        return self._open_review({"kind": "gate", "pool_id": self.id})

    def _open_review(self, source):
        return {
            "type": "ir.actions.client",
            "tag": "recruit_crm.review",
            "name": self.env._("Review"),
            "params": {"source": source},
        }


class RecruitPoolStage(models.Model):
    _inherit = "recruit.pool.stage"

    def action_review(self):
        """Go through the members in this stage one by one."""
        self.ensure_one()
        return self.pool_id._open_review(
            {"kind": "stage", "pool_id": self.pool_id.id, "stage_id": self.id}
        )
