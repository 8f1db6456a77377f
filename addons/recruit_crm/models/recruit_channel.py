from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..ledger.channels import Rule, compile_word, find_channel

LEVELS = [("type", "Type"), ("channel", "Channel"), ("name", "Name")]
UNKNOWN = "recruit_crm.recruit_channel_unknown"


class RecruitChannel(models.Model):
    """Where people come from, in words that everybody uses: a tree of three levels.

    A type ("Job boards") holds channels ("LinkedIn Jobs"), and a channel may hold names
    ("Weavers in Ghent, spring"). What no rule knows is 'Unknown', and shown as that.
    """

    _name = "recruit.channel"
    _description = "Recruiting Channel"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["complete_name"]

    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one(
        "recruit.channel", "Within", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("recruit.channel", "parent_id", "Holds")
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True
    )
    level = fields.Selection(
        LEVELS, compute="_compute_level", store=True, recursive=True
    )
    type_id = fields.Many2one(
        "recruit.channel",
        compute="_compute_level",
        store=True,
        recursive=True,
        index=True,
    )
    active = fields.Boolean(default=True)
    rule_ids = fields.One2many("recruit.channel.rule", "channel_id", "Rules")
    touch_count = fields.Integer(compute="_compute_touch_count")
    note = fields.Text(help="What belongs here, for those who choose.")

    # No second channel of one name at one place, whatever its case in English.
    _name_unique = models.UniqueIndex(
        "(COALESCE(parent_id, 0), lower(name->>'en_US'))",
        "There is a channel of this name here already.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for channel in self:
            over = channel.parent_id.complete_name
            channel.complete_name = f"{over} / {channel.name}" if over else channel.name

    @api.depends("parent_id.level", "parent_id.type_id")
    def _compute_level(self):
        below = {"type": "channel", "channel": "name", "name": "name"}
        for channel in self:
            over = channel.parent_id
            channel.level = below.get(over.level, "type")
            channel.type_id = over.type_id or channel._origin

    def _compute_touch_count(self):
        counts = self.env["recruit.touch"]._read_group(
            [("channel_id", "child_of", self.ids)], ["channel_id"], ["__count"]
        )
        for channel in self:
            path = channel.parent_path or "/"
            channel.touch_count = sum(
                count
                for found, count in counts
                # sudo: a count of what the user may read, at whatever channel
                if (found.sudo().parent_path or "").startswith(path)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Create channels; a type is its own type, which needs its id."""
        channels = super().create(vals_list)
        for channel in channels:
            if not channel.parent_id:
                channel.type_id = channel
        return channels

    @api.constrains("parent_id")
    def _check_depth(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A channel cannot be within itself."))
        for channel in self:
            if channel.parent_id.parent_id.parent_id or (
                channel.parent_id.parent_id and channel.child_ids
            ):
                raise ValidationError(
                    self.env._(
                        "Channels have three levels: a type, a channel and a name. "
                        "Choose another place for “%(name)s”.",
                        name=channel.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.env.ref(UNKNOWN) in self:
            raise UserError(
                self.env._("“Unknown” stays: what nobody can explain is shown there.")
            )
        # sudo: a touch in any company keeps its channel
        used = self.env["recruit.touch"].sudo()
        for channel in self:
            if used.search_count([("channel_id", "child_of", channel.id)], limit=1):
                raise UserError(
                    self.env._(
                        "“%(name)s” is the channel of touches, which are kept. Archive "
                        "it instead.",
                        name=channel.name,
                    )
                )

    def action_view_touches(self):
        """Open the touches that came through this channel and those below."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "recruit_crm.recruit_touch_action"
        )
        action["domain"] = [("channel_id", "child_of", self.id)]
        action["context"] = {}
        return action


class RecruitChannelRule(models.Model):
    """Which words mean which channel; the first rule that fits decides."""

    _name = "recruit.channel.rule"
    _description = "Channel Rule"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        "_selection_kind", help="Empty: touches of every kind.", string="Kind of touch"
    )
    source = fields.Char(
        help="The word of the source, e.g. linkedin*; * is any text. Empty: any source."
    )
    medium = fields.Char(
        help="The word of the medium, e.g. cpc; * is any text. Empty: any medium."
    )
    channel_id = fields.Many2one("recruit.channel", required=True, ondelete="cascade")
    active = fields.Boolean(default=True)

    _says_something = models.Constraint(
        "CHECK (kind IS NOT NULL OR source IS NOT NULL OR medium IS NOT NULL)",
        "A rule needs a kind, a source or a medium.",
    )

    def _selection_kind(self):
        return self.env["recruit.touch"]._selection_kind()

    @api.model_create_multi
    def create(self, vals_list):
        """Create rules; they hold from the next touch on."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Change rules; they hold from the next touch on."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Delete rules; they hold for no touch any more."""
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _compiled(self):
        """Return the active rules, the strongest first, as pure data."""
        # sudo: which channel a touch has does not depend on who records it
        return tuple(
            Rule(
                rule.kind or "",
                compile_word(rule.source),
                compile_word(rule.medium),
                rule.channel_id.id,
            )
            for rule in self.sudo().search([])
        )

    @api.model
    def _channel_of(self, kind, source, medium):
        """Return the id of the channel of such a touch; that of 'Unknown' if need be.

        :param str kind: a code of ``recruit.touch._kinds()``
        :param source: the word, or None; ``medium`` alike
        """
        found = find_channel(self._compiled(), kind, source, medium)
        return found or self.env["ir.model.data"]._xmlid_to_res_id(UNKNOWN)
