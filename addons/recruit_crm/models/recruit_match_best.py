from bisect import bisect_left

from odoo import api, models
from odoo.tools import SQL

from ..matching import formula
from ..matching.rarity import FULL

LOOK = 8000  # people whose skills are weighed first against the best of them ..
PAGE = 250  # .. so many at a time, then more ..
SHOWN = 3  # .. and the facts of so many times those asked for, then more
WIDER = 4
FEW = 0.05  # of the people: who can be read in next to no time


class Best:
    """The best rows so far, those who come first before all others."""

    def __init__(self, limit, floor):
        self.limit, self.floor, self.rows = limit, floor, []

    def add(self, rows):
        """Take in the scores that reach the floor."""
        found = [*self.rows, *(row for row in rows if row["score"] >= self.floor)]
        found.sort(key=lambda row: (not row["first"], -row["score"], row["id"]))
        self.rows = found[: self.limit]

    def least(self, first=False):
        """Return the score that somebody needs to come in."""
        if len(self.rows) < self.limit:
            return self.floor
        last = self.rows[-1]
        if first != last["first"]:
            return self.floor if first else FULL + 1
        return max(self.floor, last["score"])


class RecruitMatch(models.Model):
    """The best of a million people, without a look at all of them."""

    _inherit = "recruit.match"

    @api.model
    def _best_of(self, recipe, limit, threshold=0):
        """Return the best people for a version of a job, exactly.

        From what costs little to what costs more: the most that the skills of a person
        could be worth, from the narrow index alone; the fit, of those whom that lets
        in; all other facts, of those whom the fit lets in, as no part ever adds to it.
        Who is left out at a step could not have reached the last one found. So a few
        with the rarest skills are scored before all others: the more the last one found
        has, the less is read.

        Purpose: the shortlist. Size: 1,000,000 people, 6,000,000 skills. Indexes:
        _skill_level_idx, then those of _fits_sql for some thousand, then those of
        _scores_sql for some hundred.

        :return: rows of :meth:`_scores_sql`, best first
        """
        self.env.flush_all()
        self._plan_only()
        best, firsts = Best(limit, max(threshold, 1)), self._first_people()
        self._walk(recipe, best, self._likely_first(recipe, best, firsts), first=True)
        glimpse = self._glimpse(recipe, firsts)
        self._take_in(recipe, best, glimpse)
        self._look(recipe, best, {*firsts, *glimpse})
        return best.rows

    @api.model
    def _look(self, recipe, best, seen):
        """Take in whoever can come in, but for those who were seen already."""
        look, whole = LOOK + len(seen), False
        while not whole:
            likely = self._likely(recipe, self._worth(recipe, best.least()), look)
            self._walk(recipe, best, [one for one in likely if one[0] not in seen])
            seen.update(one for one, _most in likely)
            whole = len(likely) < look or (
                self._most(recipe, likely[-1][1]) < best.least()
            )
            look *= WIDER

    @api.model
    def _walk(self, recipe, best, likely, first=False):
        """Score the likely people, in their order, until none can come in any more."""
        size = PAGE
        while likely:
            page, likely = likely[:size], likely[size:]
            if self._most(recipe, page[0][1]) < best.least(first):
                return
            self._take_in(recipe, best, [one for one, _most in page], first)
            size *= WIDER

    @api.model
    def _take_in(self, recipe, best, page, first=False):
        """Score a page of people: the fit of all, the facts of those it lets in."""
        if not page:
            return
        self.env.cr.execute(
            self._fits_sql(SQL("SELECT %s, unnest(%s::int[])", recipe.id, page))
        )
        fits = sorted(
            ((skills, one) for _recipe, one, skills in self.env.cr.fetchall()),
            reverse=True,
        )
        size = SHOWN * best.limit
        while fits := [fit for fit in fits if fit[0] >= best.least(first)]:
            some, fits = fits[:size], fits[size:]
            best.add(self._score_fits(recipe, some))
            size *= WIDER

    @api.model
    def _score_fits(self, recipe, fits):
        self.env.cr.execute(
            self._scores_sql(
                SQL(
                    "SELECT %s, * FROM unnest(%s::int[], %s::bigint[])",
                    recipe.id,
                    [one for _skills, one in fits],
                    [skills for skills, _one in fits],
                )
            )
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _most(self, recipe, got):
        """Return the score that skills worth so much can reach at the most."""
        share = got / (recipe.asked * FULL)
        return formula.Fit(formula.covers(share, recipe.luck), 1.0).points

    @api.model
    def _worth(self, recipe, score):
        """Return what skills must be worth at the least to reach a score."""
        every = range(recipe.asked * FULL + 1)
        return bisect_left(every, score, key=lambda got: self._most(recipe, got))

    @api.model
    def _likely_first(self, recipe, best, firsts):
        """Return those of who comes first, whatever they score, who can come in."""
        if not firsts:
            return []
        worth = self._worth(recipe, best.floor)
        return self._likely(recipe, worth, len(firsts), among=firsts)

    @api.model
    def _likely(self, recipe, worth, limit, among=None):
        """Return (id, worth of the skills if none had faded) of those who have so much.

        The commonest skills tell so little that nobody comes in by them alone: who
        has them is not read for everybody, but looked up for those whom the others
        let in.

        :param among: ids of the only people to look at
        """
        asked, common = self._by_weight(recipe.want_ids, worth)
        spare = sum(want.weight for want in common) * FULL
        let_in = self._reach_sql(asked, worth - spare, recipe.musts, among)
        return self.env.execute_query(
            SQL(
                """
                WITH let_in AS (%(let_in)s), likely AS MATERIALIZED (
                    SELECT candidate_id, most + %(more)s AS most FROM let_in
                )
                SELECT candidate_id, most FROM likely WHERE most >= %(worth)s
              ORDER BY most DESC, candidate_id
                 LIMIT %(limit)s
                """,
                let_in=let_in,
                more=self._more_sql(common),
                worth=worth,
                limit=limit,
            )
        )

    @api.model
    def _reach_sql(self, asked, least, musts=0, among=None):
        """Return the query of (candidate, what these skills would be worth).

        :param asked: wants
        :param least: what they must be worth
        :param musts: how many of them must be there, all together
        """
        words = {
            "reached": SQL(_REACHED, full=FULL),
            "asked": self._wants_sql(asked),
            "least": least,
            "among": SQL("AND s.candidate_id = ANY(%s)", among) if among else SQL(),
            "every_must": SQL("AND COUNT(*) FILTER (WHERE w.must) = %s", musts)
            if musts
            else SQL(),
        }
        return SQL(
            """
            SELECT s.candidate_id, SUM(%(reached)s) AS most
              FROM %(asked)s
              JOIN recruit_candidate_skill s ON s.skill_id = w.skill_id
               AND s.level >= CASE WHEN w.must THEN w.level ELSE 0 END %(among)s
          GROUP BY s.candidate_id
            HAVING SUM(%(reached)s) >= %(least)s %(every_must)s
            """,
            **words,
        )

    @api.model
    def _more_sql(self, common):
        """What these skills add for somebody of `let_in`."""
        if not common:
            return SQL("0")
        return SQL(
            """COALESCE((SELECT SUM(%(reached)s)
                           FROM %(common)s
                           JOIN recruit_candidate_skill s ON s.skill_id = w.skill_id
                            AND s.candidate_id = let_in.candidate_id), 0)""",
            reached=SQL(_REACHED, full=FULL),
            common=self._wants_sql(common),
        )

    @api.model
    def _glimpse(self, recipe, seen):
        """Return the ids of some who have the most of the rarest skills, where a job
        asks for common ones, too, that tell less than those."""
        rare = self._rarest(recipe.want_ids)
        told = sum(rare.mapped("weight"))
        if rare == recipe.want_ids or told * 2 < recipe.asked:
            return []
        rows = self.env.execute_query(
            SQL(
                "%s ORDER BY most DESC, candidate_id LIMIT %s",
                self._reach_sql(rare, 1),
                PAGE,
            )
        )
        return [one for one, _most in rows if one not in seen]

    @api.model
    def _rarest(self, wants):
        """Return the rarest skills, as many as few people have."""
        rare, share = wants.browse(), 0
        for want in wants.sorted("weight", reverse=True):
            share += 2 ** (-want.weight / 100)  # as in matching/rarity.py
            if share <= FEW:
                rare |= want
        return rare

    @api.model
    def _by_weight(self, wants, worth):
        """Return the skills to read for everybody, and the commonest of all.

        Of the second there are so many that nobody comes in by them and one other.
        """
        asked = wants.sorted(lambda want: (want.must, want.weight))
        common = asked.browse()
        most = max(wants.mapped("weight"))
        while len(asked) > 1 and not asked[0].must:
            told = sum(common.mapped("weight")) + asked[0].weight + most
            if told * FULL >= worth:
                break
            common, asked = common + asked[0], asked[1:]
        return asked, common

    @api.model
    def _wants_sql(self, wants):
        """Return skills asked for as the rows `w` of a statement."""
        return SQL(
            """unnest(%s::int[], %s::int[], %s::bool[], %s::int[])
                   AS w (skill_id, level, must, weight)""",
            wants.skill_id.ids,
            wants.mapped("level"),
            wants.mapped("must"),
            wants.mapped("weight"),
        )

    @api.model
    def _first_people(self):
        """Return the ids of who comes first, whatever they score."""
        queries = [one.people(self.env) for one in self._sources() if one.first]
        return [row[0] for query in queries for row in self.env.execute_query(query)]


# What a skill is worth for the job if it had not faded.
_REACHED = """w.weight * CASE WHEN w.level = 0 THEN %(full)s
    ELSE LEAST(%(full)s, s.level * %(full)s / w.level) END"""
