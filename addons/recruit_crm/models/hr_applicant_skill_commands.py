from odoo import api, fields, models
from odoo.fields import Command


class HrApplicantSkill(models.Model):
    """Lists of skills as Odoo's own code keeps them, for every command of the ORM."""

    _inherit = "hr.applicant.skill"

    # The native default is computed once, when the server starts.
    valid_from = fields.Date(
        default=lambda self: self.env["recruit.clock"].now().date()
    )

    @api.model
    def _plain_commands(self, commands, applicants):
        """Return the same change with nothing but create, update and delete.

        Odoo drops the other commands without a word, needs the type and the level of
        a skill spelled out, and fails on an update of a line that is deleted too.

        :param commands: commands for a list of skills; ids and records stay as they are
        :param applicants: whose list it is; none while they are created
        """
        if not all(isinstance(command, (tuple, list)) for command in commands):
            return commands
        mine = applicants.applicant_skill_ids
        plain, doomed = [], set()
        for command in commands:
            code, line, *rest = (*command, 0, 0)[:3]
            values = rest[0]
            if code == Command.CREATE:
                plain.append(Command.create(self._complete_values(values)))
            elif code == Command.UPDATE:
                plain.append(command)
            elif code in (Command.DELETE, Command.UNLINK):
                doomed.add(line)
            elif code == Command.CLEAR:
                doomed |= set(mine.ids)
            elif code == Command.SET:
                doomed |= set(mine.ids) - set(values)
        kept = [
            one for one in plain if one[0] == Command.CREATE or one[1] not in doomed
        ]
        return kept + [Command.delete(line) for line in sorted(doomed)]

    def _get_transformed_commands(self, commands, individuals):
        """Return the commands; none change nothing, where Odoo empties the list."""
        return super()._get_transformed_commands(commands, individuals) or []

    @api.model
    def _complete_values(self, values):
        """Return the values with the type of the skill and a level of that type."""
        skill = self.env["hr.skill"].browse(values.get("skill_id"))
        if not skill:
            return values
        skill_type = skill.skill_type_id
        levels = skill_type.skill_level_ids
        level = levels.filtered("default_level") or levels
        return {
            "skill_type_id": skill_type.id,
            "skill_level_id": level[:1].id,
            **values,
        }
