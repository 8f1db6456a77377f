from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.tools import SQL

from ..ledger.words import clean_text, clean_word

NAMED_LINKS = {"source_id": "source", "medium_id": "medium", "campaign_id": "campaign"}
CLOCKS_DIFFER = timedelta(minutes=5)  # what two good clocks may disagree by


class RecruitTouch(models.Model):
    """What a touch is made of: its moment, its words, its place in the vocabulary."""

    _inherit = "recruit.touch"

    @api.model
    def _log(self, vals_list):
        """Record touches, once for each dedupe key, and return them, old ones too.

        :param list vals_list: values of recruit.touch
        :raise ConcurrencyError: when another transaction records the same key right
            now; Odoo runs the request again, and then finds the other's row
        """
        keys = [vals["dedupe_key"] for vals in vals_list if vals.get("dedupe_key")]
        if not keys:
            return self.create(vals_list)
        # sudo: the unique index knows every key, also those of hidden companies
        known = self.sudo().search([("dedupe_key", "in", keys)])
        seen = set(known.mapped("dedupe_key"))
        fresh = []
        for vals in vals_list:
            key = vals.get("dedupe_key")
            if not key or key not in seen:
                fresh.append(vals)
                seen.add(key)
        if not fresh:
            return known.sudo(self.env.su)
        try:
            with self.env.cr.savepoint():
                return known.sudo(self.env.su) | self.create(fresh)
        except UniqueViolation as error:
            if error.diag.constraint_name != "recruit_touch_dedupe_unique":
                raise
            raise ConcurrencyError("another transaction records this touch") from error

    @api.model
    def _complete_batch(self, vals_list):
        """Return the values of new touches, whole: what each needs, looked up for all.

        Size: 1,000 rows a batch; eight queries whatever their number.
        """
        now = self.env["recruit.clock"].now()
        people = self.env["recruit.candidate"].browse(
            [vals["candidate_id"] for vals in vals_list if vals.get("candidate_id")]
        )
        # sudo: the touch belongs where its candidate does, whoever records it
        companies = {one.id: one.company_id for one in people.sudo()}
        rows = [self._complete(vals, now) for vals in vals_list]
        self._name_links(rows)
        self._link_names(rows)
        channels = {}
        for vals in rows:
            company = companies.get(vals.get("candidate_id"), self.env["res.company"])
            company._check_founded(vals["occurred_at"])
            vals["company_id"] = company.id
            if self._known_kinds()[vals["kind"]].credited:  # a step of ours has none
                words = (vals["kind"], vals.get("source"), vals.get("medium"))
                if words not in channels:
                    channels[words] = self.env["recruit.channel.rule"]._channel_of(
                        *words
                    )
                vals["channel_id"] = vals.get("channel_id") or channels[words]
        return rows

    def _complete(self, vals, now):
        """Return the values with the moment, the author and clean words."""
        kind = self._known_kinds().get(vals.get("kind"))
        if not kind:
            raise ValidationError(
                self.env._("“%(kind)s” is no kind of touch.", kind=vals.get("kind"))
            )
        trusted = self.env.su  # code of an addon; a user's own word proves nothing
        seen = trusted and vals.get("verified", kind.seen)
        return {
            **vals,
            "occurred_at": self._moment(vals.get("occurred_at"), now),
            "recorded_at": now,
            "user_id": trusted and vals.get("user_id") or self.env.uid,
            "direction": vals.get("direction") or kind.direction,
            "verified": seen,
            "evidence": clean_text(vals.get("evidence")),
            **{word: clean_word(vals.get(word)) for word in NAMED_LINKS.values()},
        }

    @api.model
    def _moment(self, moment, now):
        """Return when it happened, naive UTC in seconds; now where that is not said.

        :raise ValidationError: for a moment to come
        """
        moment = fields.Datetime.to_datetime(moment or None) or now
        if moment > now + CLOCKS_DIFFER:
            raise ValidationError(
                self.env._(
                    "%(moment)s is in the future. A touch tells what has happened: "
                    "enter when the contact took place.",
                    moment=moment,
                )
            )
        return min(moment, now).replace(microsecond=0)

    def _name_links(self, rows):
        """Write down what the linked utm records are called today, as one set.

        Words that are given stand as they are, all three: a source of today and the
        campaign of another day make an origin that never was.
        """
        silent = [row for row in rows if not any(map(row.get, NAMED_LINKS.values()))]
        for link, word in NAMED_LINKS.items():
            ids = {row[link] for row in silent if row.get(link)}
            # sudo: the word is kept as evidence whoever records the contact
            records = self.env[self._fields[link].comodel_name].sudo().browse(ids)
            names = {record.id: clean_word(record.display_name) for record in records}
            for row in silent:
                row[word] = names.get(row.get(link))

    def _link_names(self, rows):
        """Link the utm records that the words name, where there are such; make none.

        Purpose: reports by record beside reports by word; a stranger's word makes no
        record. Size: the distinct words of a batch against a few thousand names.
        Index: none on lower(name); one sequential scan of a small table a batch.
        """
        told = [row for row in rows if not any(map(row.get, NAMED_LINKS))]
        for link, word in NAMED_LINKS.items():
            words = {row[word].lower() for row in told if row.get(word)}
            if not words:
                continue
            model = self.env[self._fields[link].comodel_name]
            model.flush_model(["name"])
            found = dict(
                self.env.execute_query(
                    SQL(
                        "SELECT lower(name), min(id) FROM %s"
                        " WHERE lower(name) = ANY(%s) GROUP BY 1",
                        SQL.identifier(model._table),
                        list(words),
                    )
                )
            )
            for row in told:
                row[link] = found.get((row.get(word) or "").lower(), False)

    @api.model
    def _known_links(self, words):
        """Return the utm records of three words: ids, or False where there is none."""
        row = dict(words)
        self._link_names([row])
        return {link: row.get(link) or False for link in NAMED_LINKS}
