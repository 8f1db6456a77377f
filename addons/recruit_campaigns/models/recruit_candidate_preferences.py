from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from ..preferences.wishes import GONE, LEVELS, QUIET_MONTHS

# The page opens from the messages of the last year; an older link leads nowhere.
OPEN_FOR = timedelta(days=365)
SKILLS_SHOWN = 40
SUGGESTIONS = 300
# What only the person said of themselves, the person takes back.
OWN_WORD = ("self_declared", "cv")


class RecruitCampaignDelivery(models.Model):
    _inherit = "recruit.campaign.delivery"

    def _from_preference_token(self, token):
        """The delivery behind a link to the preferences that is still good.

        A forged, an old and a foreign link cost the same: one look at the database.
        """
        delivery = self._from_token("preferences", token)
        oldest = self.env["recruit.clock"].now() - OPEN_FOR
        return delivery.filtered(
            lambda row: (
                (row.sent_at or row.due_at) > oldest and not row.candidate_id.erased_at
            )
        )


class RecruitCandidateSkill(models.Model):
    _inherit = "recruit.candidate.skill"

    def _is_said(self, level):
        """Whether the line is of this level, or the person has said so already."""
        return level == self.level or any(
            one.level == level and one.provenance == "self_declared"
            for one in self.evidence_ids
            if not one.withdrawn_at
        )


class RecruitCandidate(models.Model):
    """The person's own preferences: what they want to hear of, when, and what they can.

    The page is for who holds a link of a message to the person; nothing that others
    wrote about the person is shown.
    """

    _inherit = "recruit.candidate"

    def _save_preferences(self, wishes, delivery):
        """Do what the person wishes; what is so already stays untouched.

        :param wishes: `Wishes`
        :param delivery: of the message whose link was used
        :return list: what changed, in sentences
        """
        self.ensure_one()
        changes = [
            *self._choose_topics(wishes),
            *self._choose_availability(wishes),
            *self._choose_quiet(wishes.quiet, delivery),
            *self._choose_skills(wishes),
        ]
        if changes:
            self.data_confirmed_at = self.env["recruit.clock"].now()
            items = Markup("").join(Markup("<li>%s</li>") % one for one in changes)
            said = self.env._("Changed on the preference page:")
            self._message_log(body=Markup("<p>%s</p><ul>%s</ul>") % (said, items))
        return changes

    def _choose_topics(self, wishes):
        topics, declined = self._topics_offered(), self._topics_declined()
        for topic in topics:
            if topic.id in wishes.declined and topic not in declined:
                self._decline(topic=topic)
                yield self.env._("No more about “%s”", topic.name)
            elif topic.id in wishes.accepted and topic in declined:
                self._accept(topic)
                yield self.env._("Again about “%s”", topic.name)

    def _choose_availability(self, wishes):
        word, day = wishes.availability, wishes.available_from
        if not word or (word, day or False) == (self.availability, self.available_from):
            return
        self.write({"availability": word, "available_from": day})
        labels = dict(self._fields["availability"]._description_selection(self.env))
        yield self._with_day(labels[word], day)

    def _with_day(self, label, day):
        return f"{label}: {self._day(day)}" if day else label

    def _choose_quiet(self, months, delivery):
        today = self.env["recruit.clock"].now().date()
        if months == 0 and self.snoozed_until:
            self.action_wake()
            yield self.env._("Write again")
        elif months:
            until = today + relativedelta(months=months)
            if until == self.snoozed_until:
                return
            self.action_snooze(until, self.env._("Asked for on the preference page"))
            # who wakes them is reminded; a visitor is nobody
            self.snoozed_by_id = delivery.campaign_id.user_id
            yield self.env._("No messages before %s", self._day(until))

    def _choose_skills(self, wishes):
        words = self.env._("Said on the preference page")
        lines = {line.skill_id.id: line for line in self._skills_shown()}
        for skill_id, level in wishes.skills.items():
            line = lines.get(skill_id)
            if line and level is None and line.provenance in OWN_WORD:
                name = line.skill_id.name
                line.unlink()
                yield self.env._("No longer: %s", name)
            elif line and level and not line._is_said(level):
                self._prove(
                    line.skill_id, level, provenance="self_declared", words=words
                )
                yield f"{line.skill_id.name}: {self._level_words()[level]}"
        skill, level = self._skill_named(wishes.new_skill)
        if skill and skill not in self.skill_ids.skill_id:
            self._prove(skill, level, provenance="self_declared", words=words)
            yield f"{skill.name}: {self._level_words()[level]}"

    @api.model
    def _skill_named(self, new_skill):
        """The skill of this name; none where the company's list has no such skill."""
        name, level = new_skill or ("", 0)
        skills = self.env["hr.skill"]
        if not name:
            return skills, level
        same = Domain("name", "=ilike", name.replace("%", r"\%").replace("_", r"\_"))
        return skills.search(same, limit=1), level

    def _topics_offered(self):
        # sudo: topics are meant to be shown to the people they are for
        here = Domain("company_id", "in", [self.company_id.id, False])
        return self.env["recruit.topic"].sudo().search(here)

    def _topics_declined(self):
        # sudo: what the person said themselves
        open_rows = self.sudo().optout_ids.filtered(lambda one: not one.ended_at)
        return open_rows.topic_id

    def _skills_shown(self):
        return self.skill_ids[:SKILLS_SHOWN]

    def _level_words(self):
        words = (
            self.env._("Some"),
            self.env._("Good"),
            self.env._("Very good"),
            self.env._("Expert"),
        )
        return dict(zip(LEVELS, words, strict=True))

    # ------------------------------------------------------------------ the page

    def _preference_page_values(self, delivery, changes=None):
        """What the page shows.

        :param changes: what was changed just now; None where nothing was asked for
        """
        self.ensure_one()
        company = delivery.company_id or self.company_id or self.env.company
        return {
            "company_name": company.name,
            "first_name": self.first_name,
            "changes": changes,
            "topics": self._topic_lines(),
            "availabilities": self._availability_lines(),
            "available_from": self.available_from,
            "quiet_until": self.snoozed_until and self._day(self.snoozed_until),
            "quiet_choices": self._quiet_lines(),
            "skills": [self._skill_line(line) for line in self._skills_shown()],
            "levels": self._level_words().items(),
            "suggestions": self._skill_suggestions(),
            "gone": GONE,
            "is_out": self.recruiting_opt_out,
            "is_asked": bool(self._erasure_requests()),
            "privacy_url": self._privacy_url(),
        }

    def _topic_lines(self):
        declined = self._topics_declined()
        return [
            {
                "id": topic.id,
                "name": topic.name,
                "description": topic.description,
                "wanted": topic not in declined,
            }
            for topic in self._topics_offered()
        ]

    def _availability_lines(self):
        words = {
            "now": self.env._("Yes, now"),
            "from_date": self.env._("Yes, from a day on"),
            "listening": self.env._("I listen to the right offer"),
            "closed": self.env._("No, not looking"),
        }
        return [(key, word, key == self.availability) for key, word in words.items()]

    def _quiet_lines(self):
        lines = [
            (str(months), self.env._("For %s months", months))
            for months in QUIET_MONTHS
        ]
        # as text: an attribute that is 0 would not be written
        again = [("0", self.env._("Write to me again now"))]
        return again + lines if self.snoozed_until else lines

    def _skill_line(self, line):
        return {
            "id": line.skill_id.id,
            "name": line.skill_id.name,
            "level": min(LEVELS, key=lambda level: abs(level - line.level)),
            "is_own": line.provenance in OWN_WORD,
        }

    def _skill_suggestions(self):
        """Names for the list beneath the field: of the kinds of skill they have."""
        kinds = self.skill_ids.skill_type_id
        skills = self.env["hr.skill"].search(
            [("skill_type_id", "in", kinds.ids)] if kinds else [], limit=SUGGESTIONS
        )
        return (skills - self.skill_ids.skill_id).mapped("name")
