from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..identity.normalize import normalize


class RecruitIdentity(models.Model):
    """A value that points at one person: an address, a number, a handle, an outside id.

    Within one company scope a value belongs to one candidate; the unique index holds
    this also between transactions. A phone number is the exception: a family or an
    agency shares one, so that it identifies nobody.
    """

    _name = "recruit.identity"
    _description = "Candidate Identity"
    _order = "candidate_id, kind, id"
    _rec_name = "value"

    candidate_id = fields.Many2one(
        "recruit.candidate", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("linkedin", "LinkedIn"),
            ("github", "GitHub"),
            ("external", "Outside id"),
        ],
        required=True,
        default="email",
    )
    value = fields.Char(required=True, help="As it was written.")
    value_norm = fields.Char(
        "Normal form",
        compute="_compute_value_norm",
        store=True,
        precompute=True,
        required=True,
        help="What is compared: two spellings of one address have one normal form.",
    )
    company_id = fields.Many2one(
        related="candidate_id.company_id", store=True, index="btree_not_null"
    )

    # Serves _owners() and guards I1: one identity, one candidate in its scope.
    _value_unique = models.UniqueIndex(
        "(kind, value_norm, COALESCE(company_id, 0)) WHERE kind != 'phone'",
        "This address or handle already belongs to another candidate. Open that "
        "candidate, or remove the value from it first.",
    )
    _candidate_unique = models.UniqueIndex(
        "(candidate_id, kind, value_norm)",
        "This candidate already has this value.",
    )

    @api.depends("kind", "value")
    def _compute_value_norm(self):
        for identity in self:
            identity.value_norm = normalize(identity.kind, identity.value)

    @api.constrains("kind", "value")
    def _check_value(self):
        for identity in self:
            if not identity.value_norm:
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is not a valid %(kind)s. Correct it or remove "
                        "the line.",
                        value=(identity.value or "")[:50],
                        kind=dict(
                            self._fields["kind"]._description_selection(self.env)
                        )[identity.kind],
                    )
                )

    @api.model
    def _owners(self, keys):
        """Return the owners: {(kind, norm, company id or False): candidate id}.

        Purpose: one lookup for a whole batch of people, across record rules: a value is
        taken even where the user may not see by whom. Size: as many keys as people in
        the batch (<= 2 each). Index: _value_unique, one probe a key.

        :param keys: iterable of (kind, normal form)
        """
        by_kind = {}
        for kind, norm in keys:
            by_kind.setdefault(kind, set()).add(norm)
        owners = {}
        for kind, norms in by_kind.items():
            # sudo: see the docstring; ids leave this method, values do not
            found = self.sudo().search_fetch(
                [("kind", "=", kind), ("value_norm", "in", list(norms))],
                ["kind", "value_norm", "company_id", "candidate_id"],
                order="id",
            )
            for identity in found:
                key = (kind, identity.value_norm, identity.company_id.id)
                owners.setdefault(key, identity.candidate_id.id)
        return owners

    @api.model
    def _claim(self, rows):
        """Insert identities that nobody owns yet and return the rows that are taken.

        Purpose: a candidate takes its addresses. ON CONFLICT DO NOTHING waits for a
        concurrent transaction with the same value; under REPEATABLE READ it then ends
        in a serialization failure, which Odoo retries, so the retry finds the other's
        candidate. A plain INSERT would show the user a constraint error instead.
        Size: 3 rows a candidate, 3,000 for an import of 1,000. Index: _value_unique.

        :param list rows: (candidate id, kind, value, normal form, company id or None)
        :return: the rows that belong to somebody else already
        """
        if not rows:
            return []
        self.flush_model()
        columns = [list(column) for column in zip(*rows, strict=True)]
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO recruit_identity (candidate_id, kind, value, value_norm,
                    company_id, create_uid, create_date, write_uid, write_date)
                SELECT r.candidate_id, r.kind, r.value, r.value_norm, r.company_id,
                       %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s,
                       now() AT TIME ZONE 'UTC'
                  FROM unnest(%(candidates)s::int[], %(kinds)s::text[],
                              %(texts)s::text[], %(norms)s::text[],
                              %(companies)s::int[])
                       AS r (candidate_id, kind, value, value_norm, company_id)
                ON CONFLICT DO NOTHING
                RETURNING candidate_id, kind, value_norm
                """,
                uid=self.env.uid,
                candidates=columns[0],
                kinds=columns[1],
                texts=columns[2],
                norms=columns[3],
                companies=columns[4],
            )
        )
        self.env["recruit.candidate"].browse(columns[0]).invalidate_recordset(
            ["identity_ids"]
        )
        done = set(inserted)
        return [row for row in rows if (row[0], row[1], row[3]) not in done]
