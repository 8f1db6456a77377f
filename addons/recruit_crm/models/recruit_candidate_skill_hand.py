from odoo import api, models

from .recruit_candidate_skill import STATED

KEYS = ("candidate_id", "skill_id")


class RecruitCandidateSkill(models.Model):
    """Lines that somebody types, imports or deletes are statements too.

    A change by hand corrects the statement that counted: that one is withdrawn.
    """

    _inherit = "recruit.candidate.skill"

    @api.model_create_multi
    def create(self, vals_list):
        """Create lines; each is its own first evidence."""
        lines = super().create(vals_list)
        lines._state_by_hand()
        return lines

    def write(self, vals):
        """Write; a changed level or provenance is a statement of today."""
        if not self._differs(vals):
            return super().write(vals)
        if {"level", "provenance"} & vals.keys() and "proven_on" not in vals:
            vals = {**vals, "proven_on": self.env["recruit.clock"].now().date()}
        corrected = self._statements(counting=not set(KEYS) & vals.keys())
        result = super().write(vals)
        corrected._mark_withdrawn("corrected")
        self._state_by_hand()
        return result

    def unlink(self):
        """Delete lines: nothing that was said of these skills counts any more."""
        self._statements()._mark_withdrawn("corrected")
        return super().unlink()

    def _differs(self, vals):
        """Say whether these values change what the lines state."""
        return any(
            self._fields[name].convert_to_record(
                self._fields[name].convert_to_cache(vals[name], line), line
            )
            != line[name]
            for line in self
            for name in (set(STATED) | set(KEYS)) & vals.keys()
        )

    def _statements(self, counting=False):
        """Return the live evidence of these lines.

        :param bool counting: only what says just what the lines say
        """
        # sudo: evidence follows the lines that the user may write
        evidence = self.env["recruit.skill.evidence"].sudo()
        keys = [(line.candidate_id.id, line.skill_id.id) for line in self]
        evidence._keep_what_was_known(keys)
        found = evidence.search(
            [
                ("candidate_id", "in", self.candidate_id.ids),
                ("skill_id", "in", self.skill_id.ids),
                ("withdrawn_at", "=", False),
            ]
        )
        lines = {(line.candidate_id, line.skill_id): line for line in self.sudo()}
        return found.filtered(
            lambda one: (
                (line := lines.get((one.candidate_id, one.skill_id)))
                and (not counting or all(one[name] == line[name] for name in STATED))
            )
        )

    def _state_by_hand(self):
        imported = self.env.context.get("import_file")
        words = self.env._("Imported") if imported else self.env._("Entered by hand")
        # sudo: evidence follows the lines that the user may write
        self.env["recruit.skill.evidence"].sudo()._add(
            [
                {
                    "candidate_id": line.candidate_id.id,
                    "skill_id": line.skill_id.id,
                    "level": line.level,
                    "provenance": line.provenance,
                    "proven_on": line.proven_on,
                    "words": words,
                }
                for line in self
            ]
        )
