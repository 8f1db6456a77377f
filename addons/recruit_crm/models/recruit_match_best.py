from bisect import bisect_left

from odoo import api, models
from odoo.tools import SQL

from ..matching import formula
from ..matching.rarity import FULL

LOOK = 8000  # people whose skills are weighed first against the best of them ..
PAGE = 250  # .. so many at a time, then more ..
SHOWN = 3  # .. and the facts of so many times those asked for, then more
WIDER = 4


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
        Who is left out at a step could not have reached the last one found.

        Purpose: the shortlist. Size: 1,000,000 people, 6,000,000 skills. Indexes:
        _skill_level_idx, then those of _fits_sql for some thousand, then those of
        _scores_sql for some hundred.

        :return: rows of :meth:`_scores_sql`, best first
        """
        self.env.flush_all()
        self._plan_only()
        best, firsts, seen = Best(limit, max(threshold, 1)), self._first_people(), set()
        look, whole = LOOK + len(firsts), False
        while not whole:
            likely = self._likely(recipe, best, firsts, look)
            self._walk(recipe, best, [one for one in likely if one[0] not in seen])
            seen.update(one[0] for one in likely)
            whole = len(likely) < look or (
                self._most(recipe, likely[-1][1]) < best.least()
            )
            look *= WIDER
        return best.rows

    @api.model
    def _walk(self, recipe, best, likely):
        """Score the likely people, in their order, until none can come in any more."""
        size = PAGE
        while likely:
            page, likely = likely[:size], likely[size:]
            _id, most, first = page[0]
            if not first and self._most(recipe, most) < best.least():
                return
            self._take_in(recipe, best, page)
            size *= WIDER

    @api.model
    def _take_in(self, recipe, best, page):
        """Score a page of people: the fit of all, the facts of those it lets in."""
        firsts = {one[0] for one in page if one[2]}
        self.env.cr.execute(
            self._fits_sql(
                SQL("SELECT %s, unnest(%s::int[])", recipe.id, [one[0] for one in page])
            )
        )
        fits = sorted(
            (
                (one in firsts, skills, one)
                for _recipe, one, skills in self.env.cr.fetchall()
            ),
            reverse=True,
        )
        size = SHOWN * best.limit
        while fits := [fit for fit in fits if fit[1] >= best.least(fit[0])]:
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
                    [one for _first, _skills, one in fits],
                    [skills for _first, skills, _one in fits],
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
    def _likely(self, recipe, best, firsts, limit):
        """Return (id, worth of the skills if none had faded, whether they come first)
        of those who can come in.

        The commonest skills tell so little that nobody comes in by them alone: who
        has them is not read for everybody, but looked up for those whom the others
        let in.
        """
        worth = self._worth(recipe, best.least(first=bool(firsts)))
        asked, common = self._by_weight(recipe.want_ids, worth)
        spare = sum(want.weight for want in common) * FULL
        every_must = SQL(" AND COUNT(*) FILTER (WHERE w.must) = %s", recipe.musts)
        first = SQL("candidate_id = ANY(%s::int[])", firsts) if firsts else SQL("FALSE")
        return self.env.execute_query(
            SQL(
                """
                WITH let_in AS (
                    SELECT s.candidate_id, SUM(%(reached)s) AS most
                      FROM %(asked)s
                      JOIN recruit_candidate_skill s ON s.skill_id = w.skill_id
                       AND s.level >= CASE WHEN w.must THEN w.level ELSE 0 END
                  GROUP BY s.candidate_id
                    HAVING SUM(%(reached)s) >= %(let_in)s %(every_must)s
                ), likely AS MATERIALIZED (
                    SELECT candidate_id, most + COALESCE((
                           SELECT SUM(%(reached)s)
                             FROM %(common)s
                             JOIN recruit_candidate_skill s ON s.skill_id = w.skill_id
                              AND s.candidate_id = let_in.candidate_id), 0) AS most
                      FROM let_in
                )
                SELECT candidate_id, most, %(first)s AS first FROM likely
                 WHERE most >= %(worth)s
              ORDER BY first DESC, most DESC, candidate_id
                 LIMIT %(limit)s
                """,
                reached=SQL(_REACHED, full=FULL),
                asked=self._wants_sql(asked),
                common=self._wants_sql(common),
                let_in=worth - spare,
                worth=worth,
                every_must=every_must if recipe.musts else SQL(),
                first=first,
                limit=limit,
            )
        )

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
