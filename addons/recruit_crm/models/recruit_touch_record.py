from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..ledger.rows import MOST, PERSON_FIELDS, find_problem, parse_moment

WORDS = ("kind", "source", "medium", "campaign", "evidence")


class RecruitTouch(models.Model):
    """The door for other programs: one method, idempotent by key."""

    _inherit = "recruit.touch"

    @api.model
    def record(self, rows):
        """Record touches that another program knows of, each once.

        A call that is repeated records nothing twice: a ``key`` that is known already,
        of the same company, gives the touch of then. A bad row is refused with its
        reason and stops no other one. At most 1,000 rows a call.

        Each row is a dict with

        * ``key``: names this contact in the program that reports it, e.g.
          ``"fair-2026/badge/311"``; at most 200 characters;
        * ``kind``: a kind of touch, e.g. ``event``, ``referral``, ``call``;
        * ``candidate_id``, or the person: ``email`` or ``linkedin_profile``, with
          ``name`` and ``phone`` where known; who is not known yet becomes a candidate;
        * ``occurred_at``: ISO 8601, UTC where it has no offset; now by default;
        * ``source``, ``medium``, ``campaign``, ``evidence``: words, where known;
        * ``job_id``: where the contact was about one job.

        :param list rows: see above
        :return: an answer for each row, in their order: ``{"key", "status", "touch_id",
            "candidate_id", "reason"}``, with the status ``recorded``, ``known`` or
            ``refused``; ids are False and the reason is told for a refused row
        :raise AccessError: for who may not log touches
        :raise UserError: for what is no list, or for too many rows
        """
        self.check_access("create")
        self.env["recruit.candidate"].check_access("create")
        if not isinstance(rows, list) or len(rows) > MOST:
            raise UserError(
                self.env._("Send a list of at most %(most)s touches.", most=MOST)
            )
        refused, good = self._split_rows(rows)
        people = self._people_of_rows(good)
        answers, fresh = {}, []
        for (index, row), person in zip(good, people, strict=True):
            problem = self._refusal(row, person)
            if problem:
                refused[index] = problem
            else:
                fresh.append((index, self._values_of_row(row, person)))
        answers |= self._record_values(fresh)
        for index, reason in refused.items():
            answers[index] = {"status": "refused", "reason": reason}
        return [
            {
                "key": row.get("key") if isinstance(row, dict) else False,
                "touch_id": False,
                "candidate_id": False,
                "reason": False,
                **answers[index],
            }
            for index, row in enumerate(rows)
        ]

    def _split_rows(self, rows):
        """Return the reasons of bad rows by their number, and the good rows with it."""
        kinds, refused, good = self._known_kinds(), {}, []
        for index, row in enumerate(rows):
            problem = find_problem(row, kinds)
            if problem:
                refused[index] = self._row_problem_text(*problem)
            else:
                good.append((index, row))
        return refused, good

    def _people_of_rows(self, good):
        """Return the candidate of each good row, or none where its id leads nowhere."""
        Candidate = self.env["recruit.candidate"]
        unnamed = [row for _index, row in good if not row.get("candidate_id")]
        found = iter(
            Candidate._resolve_batch(
                [
                    {name: row.get(name) for name in PERSON_FIELDS if row.get(name)}
                    for row in unnamed
                ]
            )
        )
        ids = {row["candidate_id"] for _index, row in good if row.get("candidate_id")}
        seen = Candidate.with_context(active_test=False).search([("id", "in", [*ids])])
        named = {one.id: one._survivors() for one in seen}
        return [
            named.get(row["candidate_id"], Candidate)
            if row.get("candidate_id")
            else next(found)
            for _index, row in good
        ]

    def _refusal(self, row, person):
        """Return why a well-formed row cannot be recorded, or None."""
        if not person:
            return self._row_problem_text("bad_candidate", str(row["candidate_id"]))
        job = self.env["hr.job"].browse(row.get("job_id") or [])
        if job and not job.exists():
            return self._row_problem_text("bad_job", str(row["job_id"]))
        try:
            moment = parse_moment(row.get("occurred_at"))
            moment = self._moment(moment, self.env["recruit.clock"].now())
            person.sudo().company_id._check_founded(moment)  # sudo: its age, no more
        except ValidationError as error:
            return error.args[0]
        return None

    def _values_of_row(self, row, person):
        company = self.env.company.id
        return {
            **{word: row.get(word) for word in WORDS},
            "candidate_id": person.id,
            "occurred_at": parse_moment(row.get("occurred_at")),
            "job_id": row.get("job_id") or False,
            "dedupe_key": f"rpc:{company}:{row['key'].strip()}",
        }

    def _record_values(self, fresh):
        """Record what is new and return the answers, by the number of the row."""
        keys = [values["dedupe_key"] for _index, values in fresh]
        known = set(self.sudo().search([("dedupe_key", "in", keys)]).ids)  # sudo: _log
        touches = self._log([values for _index, values in fresh])
        of_key = {touch.dedupe_key: touch for touch in touches.sudo()}  # sudo: own key
        answers = {}
        for index, values in fresh:
            touch = of_key[values["dedupe_key"]]
            answers[index] = {
                "status": "known" if touch.id in known else "recorded",
                "touch_id": touch.id,
                "candidate_id": touch.candidate_id.id,
            }
            known.add(touch.id)
        return answers

    def _row_problem_text(self, code, value):
        """Say one problem of a row, with what to do about it."""
        value = value[:60]
        match code:
            case "no_row":
                return self.env._("This is no touch: send an object with its fields.")
            case "unknown_field":
                return self.env._("“%(value)s” is no field of a touch.", value=value)
            case "no_key":
                return self.env._(
                    "The key is missing, which keeps the touch from being twice."
                )
            case "long_key":
                return self.env._(
                    "The key “%(value)s…” is longer than 200 signs.", value=value
                )
            case "unknown_kind":
                return self.env._("“%(value)s” is no kind of touch.", value=value)
            case "no_person":
                return self.env._(
                    "Send a candidate_id, an email or a linkedin_profile."
                )
            case "bad_candidate":
                return self.env._("There is no candidate “%(value)s”.", value=value)
            case "bad_job":
                return self.env._("There is no job “%(value)s”.", value=value)
            case "bad_moment":
                return self.env._("“%(value)s” is no moment in ISO 8601.", value=value)
        raise ValueError(code)
