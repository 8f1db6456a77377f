from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..privacy.suppression import KINDS, fingerprint


class RecruitSuppression(models.Model):
    """A person who was erased, as a fingerprint: nobody sources them again.

    The wish holds for all companies of the database. It ends when the person applies.
    """

    _name = "recruit.suppression"
    _description = "Suppressed Identity"
    _order = "id desc"
    _rec_name = "suppressed_at"
    _log_access = False  # a fingerprint and a moment are all that is kept

    fingerprint = fields.Char(required=True)
    suppressed_at = fields.Datetime("Since", required=True)

    _fingerprint_unique = models.UniqueIndex(
        "(fingerprint)", "This fingerprint is kept already."
    )

    @api.model
    def _fingerprints(self, pairs):
        """Return the fingerprints of identities: {(kind, norm): fingerprint}.

        :param pairs: iterable of (kind, normal form); phone numbers are passed over
        """
        # sudo: the key signs and is not shown
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return {
            (kind, norm): fingerprint(secret=secret, kind=kind, norm=norm)
            for kind, norm in pairs
            if kind in KINDS and norm
        }

    @api.model
    def _remember(self, pairs):
        """Suppress identities; those that are so already stay.

        Purpose: one statement a batch of erasures. Size: 3 identities a person, 1,500.
        Index: _fingerprint_unique.
        """
        prints = sorted(set(self._fingerprints(pairs).values()))
        if prints:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO recruit_suppression (fingerprint, suppressed_at)
                       SELECT print, %s FROM unnest(%s) AS print
                       ON CONFLICT DO NOTHING""",
                    self.env["recruit.clock"].now(),
                    prints,
                )
            )

    @api.model
    def _among(self, pairs):
        """Return those of these identities that are suppressed: {(kind, norm)}."""
        prints = self._fingerprints(pairs)
        if not prints:
            return set()
        # sudo: whether somebody may be sourced is asked for whoever tries
        known = self.sudo().search([("fingerprint", "in", list(prints.values()))])
        kept = set(known.mapped("fingerprint"))
        return {pair for pair, print_ in prints.items() if print_ in kept}

    @api.model
    def _lift(self, pairs):
        """Forget the wish: the person came back of their own accord."""
        prints = list(self._fingerprints(pairs).values())
        # sudo: the person decided, whoever brought in the application
        self.sudo().search([("fingerprint", "in", prints)]).unlink()


class RecruitCandidate(models.Model):
    """An erased person is not sourced, imported or typed in again."""

    _inherit = "recruit.candidate"

    def _suppress(self):
        """Keep the fingerprints of these people and of those merged into them."""
        lines = self._with_signposts().identity_ids
        self.env["recruit.suppression"]._remember(
            {(line.kind, line.value_norm) for line in lines}
        )

    def _claim_identities(self, rows=None):
        """Refuse identities of erased people, but for who applies of their own accord.

        :raise ValidationError: naming the identities
        """
        rows = self._identity_rows() if rows is None else rows
        pairs = {(kind, norm) for _id, kind, _value, norm, _company in rows}
        suppressed = self.env["recruit.suppression"]._among(pairs)
        if suppressed:
            if not self._is_own_doing():
                raise ValidationError(self._suppressed_message(suppressed))
            self.env["recruit.suppression"]._lift(suppressed)
        return super()._claim_identities(rows)

    @api.model
    def _is_own_doing(self):
        """Say whether the person acts: an application from the website or by e-mail, or
        one that an integration marks with ``recruit_own_application`` in the context.
        """
        told = self.env.context.get("recruit_own_application")
        return bool(told and not self.env.context.get("import_file"))

    @api.model
    def _suppressed_message(self, pairs):
        return self.env._(
            "%(value)s belongs to a person who was erased and is not to be contacted "
            "again. They may apply themselves; do not add them.",
            value=", ".join(sorted(norm for _kind, norm in pairs)),
        )


class RecruitIdentity(models.Model):
    _inherit = "recruit.identity"

    @api.constrains("kind", "value")
    def _check_not_suppressed(self):
        """Refuse what is typed into the lines of a candidate, as above."""
        pairs = {(line.kind, line.value_norm) for line in self}
        suppressed = self.env["recruit.suppression"]._among(pairs)
        if suppressed:
            raise ValidationError(self.candidate_id._suppressed_message(suppressed))


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    def _link_candidates(self):
        """Take an application that no colleague typed in for the person's own doing."""
        if "recruit_own_application" in self.env.context:
            return super()._link_candidates()
        # the website creates as the superuser, visitors are no internal users
        own = self.env.uid == api.SUPERUSER_ID or not self.env.user._is_internal()
        mine = self.with_context(recruit_own_application=own)
        return super(HrApplicant, mine)._link_candidates()

    @api.private
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """An application by e-mail is the person's own doing, whoever fetches mail."""
        gateway = self.with_context(recruit_own_application=True)
        return super(HrApplicant, gateway).message_new(msg_dict, custom_values)
