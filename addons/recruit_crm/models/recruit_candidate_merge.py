from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# What a person is known by: a merged record keeps it, for the way back.
SEALED_FIELDS = frozenset(
    ("active", "email", "phone", "linkedin_profile", "identity_ids", "merged_into_id")
)
# Decided otherwise than by 'what is empty is filled'.
OWN_WAY = frozenset(
    (
        *models.MAGIC_COLUMNS,
        "name",
        "active",
        "company_id",
        "state",
        "merged_into_id",
        "first_touch_id",
        "first_touch_at",
        "first_source",
        "last_touch_at",
        "match_checked_at",
    )
)
# Of two states the later one in this list holds for the one person.
STATE_RANK = (
    "new",
    "nurturing",
    "alumni",
    "engaged",
    "in_process",
    "hired",
    "employee",
    "do_not_contact",
)


class RecruitCandidate(models.Model):
    """Two records of one person become one; the other leads to it from then on."""

    _inherit = "recruit.candidate"

    merged_into_id = fields.Many2one(
        "recruit.candidate",
        "Merged into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    merge_ids = fields.One2many(
        "recruit.merge",
        "survivor_id",
        "Merges",
        domain=[("state", "=", "merged")],
        groups="hr_recruitment.group_hr_recruitment_user",
    )
    merge_count = fields.Integer(
        compute="_compute_merge_count",
        groups="hr_recruitment.group_hr_recruitment_user",
    )

    @api.depends("merge_ids")
    def _compute_merge_count(self):
        counts = dict(
            self.env["recruit.merge"]._read_group(
                [("survivor_id", "in", self.ids), ("state", "=", "merged")],
                ["survivor_id"],
                ["__count"],
            )
        )
        for candidate in self:
            candidate.merge_count = counts.get(candidate._origin, 0)

    @api.model
    def resolve_ids(self, ids):
        """Say which candidates these ids stand for today; a method for integrations.

        An id that was merged leads to the survivor, any other to itself.

        :param list ids: ids of candidates, old or current
        :return dict: ``{"12": 7, "7": 7}``; the keys are texts, as JSON and XML-RPC
            want them; ids that do not exist or that the user may not see are left out
        """
        known = self.with_context(active_test=False).search([("id", "in", ids)])
        return {str(one.id): one._survivors().id for one in known}

    def _survivors(self):
        """Return these people, where merged the ones that they were merged into."""
        # sudo: a signpost may be followed by whoever holds the old id
        if not any(one.merged_into_id for one in self.sudo()):
            return self
        found = self.browse()
        for candidate in self.sudo():
            while candidate.merged_into_id:
                candidate = candidate.merged_into_id  # noqa: PLW2901 - to the end
            found |= candidate.with_env(self.env)
        return found

    def get_formview_action(self, access_uid=None):
        """Open the survivor where the record of an old id is asked for."""
        survivor = self._survivors()
        if survivor != self:
            return survivor.get_formview_action(access_uid=access_uid)
        return super().get_formview_action(access_uid=access_uid)

    def write(self, vals):
        """Refuse to change what a merged record is known by; it follows its survivor
        into another company."""
        if SEALED_FIELDS & vals.keys():
            self._check_not_merged()
        result = super().write(vals)
        if "company_id" in vals:
            # sudo: signposts are archived and go where their survivor goes
            signposts = self.sudo().search(
                [("merged_into_id", "in", self.ids), ("active", "=", False)]
            )
            if signposts:
                signposts.write({"company_id": vals["company_id"]})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_merged(self):
        # sudo: every merge counts, whoever may see it
        if (
            self.env["recruit.merge"]
            .sudo()
            .search_count(
                ["|", ("survivor_id", "in", self.ids), ("merged_id", "in", self.ids)],
                limit=1,
            )
        ):
            raise UserError(
                self.env._(
                    "Old ids lead to this person, or from it to another one, because "
                    "of a merge. Archive the candidate instead."
                )
            )

    def _log_touch(self, kind, **values):
        """Log at the survivor what is reported of a merged person."""
        return super(RecruitCandidate, self._survivors())._log_touch(kind, **values)

    def _record_event(self, kind, document=None, **details):
        """Tell of the survivor what is reported of a merged person."""
        people = self._survivors()
        return super(RecruitCandidate, people)._record_event(kind, document, **details)

    def _add_to_pool(self, pool, reason=None, **values):
        """Add the survivor where a merged person is named."""
        survivors = super(RecruitCandidate, self._survivors())
        return survivors._add_to_pool(pool, reason, **values)

    def _create_application(self, job, **values):
        """Apply for the survivor where a merged person is named."""
        survivors = super(RecruitCandidate, self._survivors())
        return survivors._create_application(job, **values)

    def action_merge(self):
        """Ask which of these people to keep, show what will be kept, and merge."""
        action = self._open_wizard(
            "recruit.candidate.merge", self.env._("Merge Candidates")
        )
        action["context"]["dialog_size"] = "extra-large"
        return action

    def action_undo_merge(self):
        """Take back the merge that made this record a signpost."""
        self.ensure_one()
        return self.env["recruit.merge"]._of_merged(self).action_undo()

    def action_open_survivor(self):
        """Open the person into whom this one was merged."""
        return self.get_formview_action()

    def action_view_merges(self):
        """Open who was merged into this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_merge_action"
        )
        action["domain"] = [("survivor_id", "=", self.id)]
        return action

    def _merge(self, others):
        """Merge other people into this one, one after the other.

        Everything that points at them points here afterwards; empty fields are filled
        with theirs. Can be taken back for 30 days.

        :param others: recruit.candidate
        :return: recruit.merge, one for each
        :raise UserError: with the reason, before anything is changed
        """
        self._check_merge(others)
        Merge = self.env["recruit.merge"].sudo()  # sudo: the rights are checked above
        merges = Merge.browse()
        for other in others:
            choices = [name for name, _label in self._merge_choices(other)]
            merges |= Merge._perform(self.sudo(), other.sudo(), choices)
        return merges.sudo(False)

    def _check_merge(self, others):
        """Refuse a merge that makes no sense, or that the user may not do."""
        people = (self | others).exists()
        if len(self) != 1 or not others or self & others:
            raise UserError(
                self.env._(
                    "A person cannot be merged with itself. Choose at least two "
                    "different candidates and which one to keep."
                )
            )
        if people != self | others:
            raise UserError(
                self.env._("One of these candidates no longer exists. Reload the page.")
            )
        people._check_not_merged()
        people._check_may_merge()
        if len({one.company_id.id for one in people}) > 1:
            raise UserError(people._different_companies_message())

    def _check_not_merged(self):
        for candidate in self.sudo():  # sudo: names of people the user already chose
            if candidate.merged_into_id:
                raise UserError(
                    self.env._(
                        "%(name)s was merged into %(survivor)s already. Open "
                        "%(survivor)s, or undo that merge first.",
                        name=candidate.name,
                        survivor=candidate._survivors().name,
                    )
                )

    def _different_companies_message(self):
        shared = self.env._("shared by all companies")
        homes = "\n".join(
            f"• {one.name}: {one.sudo().company_id.name or shared}" for one in self
        )
        remedy = self.env._("Give them the same company first.")
        if any(not one.company_id for one in self):
            remedy = self.env._(
                "A merge would tell every company what one of them knows. If they may "
                "share it, empty the company of the others first."
            )
        return self.env._(
            "Only candidates of one company can be merged:\n%(homes)s\n%(remedy)s",
            homes=homes,
            remedy=remedy,
        )

    def _merge_choices(self, other):
        """Return what the merged person gives: [(field name, label)].

        What is filled here stays; what is empty takes the other's value, so that a
        yes wins over a no; of two states the later one holds. A stored value that is
        computed from such a field goes with it.
        """
        self.ensure_one()
        taken = [
            name
            for name, field in self._fields.items()
            if self._is_own_value(field) and other[name] and not self[name]
        ]
        if self._state_rank(other) > self._state_rank(self):
            taken.append("state")
        if other.active and not self.active:
            taken.append("active")
        return [
            (name, self._fields[name]._description_string(self.env)) for name in taken
        ]

    @api.model
    def _state_rank(self, candidate):
        state = candidate.state
        return STATE_RANK.index(state) if state in STATE_RANK else 0

    @api.model
    def _is_own_value(self, field):
        """Say whether a field is a value that one person has once, told by somebody."""
        return bool(
            field.store
            and field.column_type
            and not field.compute
            and field.name not in OWN_WAY
        )

    def _take_columns(self, other, names):
        """Copy columns of another candidate, and what is computed and stored of them.

        By SQL: nothing happened to the person, so that nobody is told.
        """
        computed = self._computed_from(names)
        columns = [
            SQL.identifier(name)
            for name in {*names, *computed}
            if self._fields[name].column_type
        ]
        if columns:
            listed = SQL(", ").join(columns)
            self.env.cr.execute(
                SQL(
                    "UPDATE recruit_candidate SET (%s) = (SELECT %s "
                    "FROM recruit_candidate WHERE id = %s) WHERE id = %s",
                    listed,
                    listed,
                    other.id,
                    self.id,
                )
            )
        self.env.cr.execute(
            SQL(
                "UPDATE recruit_candidate SET match_checked_at = NULL WHERE id = %s",
                self.id,
            )
        )
        self.env.invalidate_all()
        for name in computed:
            self.env.add_to_compute(self._fields[name], self)
        self.env.flush_all()

    @api.model
    def _computed_from(self, names):
        """Return the stored computed fields of a candidate that need one of these."""
        return {
            name
            for name, field in self._fields.items()
            if field.store
            and field.compute
            and any(
                path.partition(".")[0] in names
                for path in self.env.registry.field_depends[field]
            )
        }

    @api.model
    def _merge_primary(self, people):
        """Return whom to keep by default: with most of a history, then the oldest."""
        return people.sorted(
            lambda one: (-one.application_count - one.touch_count, one.id)
        )[:1]
