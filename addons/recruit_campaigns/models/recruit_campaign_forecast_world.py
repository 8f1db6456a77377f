from collections import defaultdict
from functools import cache

from ..planner.rules import Stop
from ..steps.kind import MAIL, NO, YES
from .recruit_campaign_personal import LINE


class World:
    """The steps of some campaigns and the people in them, as `planner.walk` asks.

    It asks as the sender does, of everybody at once: what a message needs and a person
    lacks, which wording is drawn, which answers are known already.

    :param campaigns: recruit.campaign
    :param now: naive UTC
    """

    def __init__(self, campaigns, now):
        self.now = now
        self.stop = cache(self._stop)
        self.following = cache(self._following)
        self._env = campaigns.env
        self._rules = cache(lambda campaign: campaign._planner_rules(now))
        self._needs = cache(self._needs_of)
        self._without = cache(self._people_without)
        self._yes = cache(self._who_says_yes)
        # sudo: a secret to draw with; it is not shown
        parameters = self._env["ir.config_parameter"].sudo()
        self._secret = parameters.get_param("database.secret")
        self._people, self._rows = defaultdict(list), defaultdict(list)  # by campaign
        self._wordings, self._lines = {}, set()  # of (person, step) in messages

    def know(self, waiting):
        """Everybody of whom is going to be asked.

        :param waiting: list of `planner.walk.Waiting`
        """
        for one in waiting:
            self._people[one.campaign].append(one.person.key)

    def know_message(self, id_, campaign, place, variant_id, has_line):
        """A message that waits, with what was drawn or written for it already.

        :param place: ids of the person and the step
        """
        self._rows[campaign].append(id_)
        if variant_id:
            self._wordings[place] = variant_id
        if has_line:
            self._lines.add(place)

    # ------------------------------------------------------- what the walk asks

    def lacks(self, one):
        """See `planner.walk.World`."""
        return any(self.missing(one.person.key, one.stop.key))

    def says_yes(self, one):
        """See `planner.walk.World`."""
        return one.person.key in self._yes(one.stop.key)

    def missing(self, person, key):
        """The placeholders of a step without a value for somebody, in order."""
        needs = self._needs(key)
        if not needs:
            return []
        step = self._step(key)
        paths = needs[self._wording(person, step) if len(needs) > 1 else max(needs)]
        has_line = (person, key) in self._lines
        return [
            path
            for path in paths
            if (
                not has_line
                if path == LINE
                else person in self._without(step.campaign_id, path)
            )
        ]

    # ------------------------------------------------------------------- the steps

    def _step(self, key):
        return self._env["recruit.campaign.step"].browse(key)

    def _stop(self, key):
        step = self._step(key)
        stay = None if step.kind == MAIL else step._kind().longest_stay(step)
        until = None if step.kind == MAIL else step._kind().stays_until(step)
        rules = self._rules(step.campaign_id)
        return Stop(key, rules, step.delay, step.delay_unit, stay, until)

    def _following(self, key, says_yes):
        step = self._step(key)
        is_no = step.branches and not says_yes
        after = step._next_step(NO if is_no else YES)
        return self.stop(after.id) if after else None

    def _who_says_yes(self, key):
        step = self._step(key)
        campaign = step.campaign_id.id
        people = self._env["recruit.candidate"].browse(self._people[campaign])
        rows = self._env["recruit.campaign.delivery"].browse(self._rows[campaign])
        return frozenset(step._kind().says_yes(step, people, rows).ids)

    # ------------------------------------------------------------------ the values

    def _needs_of(self, key):
        """What each wording of a step cannot do without: {variant id: placeholders};
        nothing where none needs anything."""
        step = self._step(key)
        needs = {one.id: sorted(one._needed_paths()) for one in step.variant_ids}
        for paths in needs.values():
            if step.needs_line and LINE not in paths:
                paths.append(LINE)
        return needs if any(needs.values()) else {}

    def _wording(self, person, step):
        candidate = self._env["recruit.candidate"].browse(person)
        drawn = self._wordings.get((person, step.id))
        return drawn or step._variant_for(candidate, self._secret).id

    def _people_without(self, campaign, path):
        people = self._env["recruit.candidate"].browse(self._people[campaign.id])
        return people._lacking(path, campaign)
