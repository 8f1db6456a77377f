from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..proof.rates import Count, difference, people_needed
from .recruit_campaign_count import figure_of
from .recruit_campaign_result import OUTCOMES as PEOPLE
from .recruit_campaign_tally import OUTCOMES as MESSAGES

COUNTING_LOCKS = 0x72635431  # two keys; the second is the campaign
PERIODS = {"month": 30, "quarter": 90, "year": 365, "all": None}  # days
VIEWS = ("cohort", "activity")
# A campaign of fewer messages is counted whenever somebody looks.
SMALL = 5_000
COUNTED_EVERY = timedelta(minutes=10)  # while it runs
COUNTED_ONCE_OVER = timedelta(days=1)  # later, as long as applications may count
COUNTS_AFTER_END = timedelta(days=400)
COMPARED = ("application", "hire")


class RecruitCampaign(models.Model):
    """What a campaign has brought, with the denominator of every figure."""

    _inherit = "recruit.campaign"

    counted_at = fields.Datetime("Counted", readonly=True, copy=False)
    tally_ids = fields.One2many("recruit.campaign.tally", "campaign_id")
    result_ids = fields.One2many("recruit.campaign.result", "campaign_id")

    # ------------------------------------------------------------------ counting

    def _count_results(self):
        """Count everything anew, campaign by campaign. Who counts already goes first.

        Size: 1 M messages in some seconds. Index: see the statements.
        """
        for campaign in self:
            [[is_free]] = self.env.execute_query(
                SQL(
                    "SELECT pg_try_advisory_xact_lock(%s, %s)",
                    COUNTING_LOCKS,
                    campaign.id,
                )
            )
            if not is_free:
                continue
            # sudo: the engine's own rows; figures of all that a campaign did
            self.env["recruit.campaign.tally"].sudo()._count_anew(campaign)
            self.env["recruit.campaign.result"].sudo()._count_anew(campaign)
            self.env.cr.execute(
                SQL(
                    "UPDATE recruit_campaign SET counted_at = %s WHERE id = %s",
                    self.env["recruit.clock"].now(),
                    campaign.id,
                )
            )
            campaign.invalidate_recordset(["counted_at", "tally_ids", "result_ids"])

    @api.model
    def _cron_count_results(self):
        """Count what has grown old, and choose the wordings that have won."""
        progress = self.env["ir.cron"]._commit_progress
        for campaign in self._to_count(self.env["recruit.clock"].now()):
            campaign._count_results()
            campaign.step_ids._choose_winners()
            progress(1)

    @api.model
    def _to_count(self, now):
        """The campaigns whose figures are older than they should be."""
        started = [("state", "!=", "draft")]
        campaigns = self.search([*started, ("active", "in", [True, False])])
        return campaigns.filtered(lambda campaign: campaign._is_stale(now))

    def _is_stale(self, now):
        if not self.counted_at:
            return True
        if self.state == "running":
            return self.counted_at <= now - COUNTED_EVERY
        # who wrote last is good enough for when it ended
        ended = self.write_date <= now - COUNTS_AFTER_END
        return not ended and self.counted_at <= now - COUNTED_ONCE_OVER

    def _count_if_small(self):
        """Count now what takes no time; anything else comes by the job."""
        self.ensure_one()
        messages = self.env["recruit.campaign.delivery"].sudo()  # sudo: a number alone
        mine = [("campaign_id", "=", self.id)]
        if not self.counted_at or messages.search_count(mine, limit=SMALL) < SMALL:
            self._count_results()

    # ---------------------------------------------------------------- one page

    def read_results(self, view="cohort", period="all"):
        """Return everything that the page of results shows.

        :param str view: cohort: people who entered in the period, and all that became
            of them; activity: what happened in the period, to whomever
        :param str period: month, quarter, year or all, ending now
        :raise AccessError: for who may not read the campaign
        :raise UserError: for a view or a period that there is not
        """
        self.ensure_one()
        self.check_access("read")
        if view not in VIEWS or period not in PERIODS:
            raise UserError(self.env._("Choose a view and a period of the list."))
        self._count_if_small()
        days = PERIODS[period]
        now = self.env["recruit.clock"].now()
        since = (now - timedelta(days=days)).date() if days else None
        return {
            "counted_at": fields.Datetime.to_string(self.counted_at),
            "is_draft": self.state == "draft",
            **self._message_results(view, since),
            "people": self._people_results(view, since),
            "uplift": [self._uplift(outcome) for outcome in COMPARED],
        }

    def _message_results(self, view, since):
        """The figures of the messages: in all, by step, wording and sender."""
        names = [name for name, _label in MESSAGES]
        rows = self.env["recruit.campaign.tally"]._read_group(
            self._figure_domain(view, since),
            ["step_id", "variant_id", "user_id"],
            [f"{name}:sum" for name in names],
        )
        figures = {}
        for step, variant, user, *values in rows:
            for key in ((), (step,), (step, variant), (user,)):
                mine = figures.setdefault(key, dict.fromkeys(names, 0))
                for name, value in zip(names, values, strict=True):
                    mine[name] += value

        def line(key, **limits):
            found = figures.get(key, dict.fromkeys(names, 0))
            return {
                "figures": found,
                "arrived": found["sent"] - found["bounced"],
                "rows": {
                    name: figure_of(self.id, name, view, since, **limits)
                    for name in names
                },
            }

        steps = self._steps_with_results(figures)
        users = [key[0] for key in figures if key and key[0]._name == "res.users"]
        return {
            "total": line(()),
            "steps": [
                {
                    "id": step.id,
                    "name": self._step_title(step),
                    **line((step,), step_id=step.id),
                    "variants": [
                        {
                            "id": one.id,
                            "name": one._title(),
                            **line((step, one), step_id=step.id, variant_id=one.id),
                        }
                        for one in step.variant_ids
                    ]
                    if len(step.variant_ids) > 1
                    else [],
                    "verdict": step.winner_verdict or "",
                }
                for step in steps
            ],
            "senders": [
                {"id": user.id, "name": user.name, **line((user,), user_id=user.id)}
                for user in users
            ],
        }

    def _steps_with_results(self, figures):
        """The messages of the version in use, after those of older ones that count."""
        steps = self._all_steps().filtered(
            lambda step: (
                (step,) in figures
                or (step.variant_ids and step.version == self.version)
            )
        )
        return steps.sorted(lambda step: (step.version, step.sequence, step.id))

    def _step_title(self, step):
        title = step.display_name
        if step.version == self.version:
            return title
        return self.env._(
            "%(step)s (version %(number)s)", step=title, number=step.version
        )

    def _people_results(self, view, since):
        """The funnel of the people who are written to, with what is traced beside."""
        rows = self.env["recruit.campaign.result"]._read_group(
            [*self._figure_domain(view, since), ("held_out", "=", False)],
            ["traced"],
            [f"{name}:sum" for name in PEOPLE],
        )
        found = {
            traced: dict(zip(PEOPLE, values, strict=True)) for traced, *values in rows
        }
        labels = self.env["recruit.campaign.result"].fields_get(PEOPLE, ["string"])
        lines = []
        for name in PEOPLE:
            all_, traced = (
                found.get(False, {}).get(name, 0) + found.get(True, {}).get(name, 0),
                found.get(True, {}).get(name, 0),
            )
            limits = {"held_out": False}
            lines.append(
                {
                    "name": name,
                    "label": labels[name]["string"],
                    "count": all_,
                    "traced": traced,
                    "rows": figure_of(self.id, name, view, since, **limits),
                    "traced_rows": figure_of(
                        self.id, name, view, since, traced=True, **limits
                    ),
                }
            )
        return lines

    def _figure_domain(self, view, since):
        domain = [("campaign_id", "=", self.id)]
        if since:
            domain.append(("entered_on" if view == "cohort" else "day", ">=", since))
        return domain

    # ------------------------------------------------------------------- uplift

    def _uplift(self, outcome):
        """What the campaign added: those written to against those held out.

        Everybody counts who entered since the first was held out, whether or not a
        message reached them: only the draw tells the two groups apart.

        :param str outcome: application or hire
        :return: ``{"outcome", "label", "sentence", "low", "value", "high", "groups"}``;
            low to high in people of a hundred, None where nobody is held out
        """
        results = self.env["recruit.campaign.result"]
        mine = [("campaign_id", "=", self.id)]
        label = results.fields_get([outcome], ["string"])[outcome]["string"]
        [[since]] = results._read_group(
            [*mine, ("held_out", "=", True)], [], ["entered_on:min"]
        )
        rows = results._read_group(
            [*mine, ("entered_on", ">=", since)] if since else [("id", "=", 0)],
            ["held_out"],
            ["entered:sum", f"{outcome}:sum"],
        )
        counts = {held: Count(won, people) for held, people, won in rows}
        written, held_out = (
            counts.get(False, Count(0, 0)),
            counts.get(True, Count(0, 0)),
        )
        if not (written.trials and held_out.trials):
            return {
                "outcome": outcome,
                "label": label,
                "value": None,
                "sentence": self._no_comparison(),
            }
        interval = difference(written, held_out)
        low, value, high = (round(100 * one, 1) + 0.0 for one in interval)
        return {
            "outcome": outcome,
            "label": label,
            "low": low,
            "value": value,
            "high": high,
            "is_clear": interval.is_clear,
            "sentence": self._uplift_sentence(outcome, written, held_out, interval),
            "groups": [
                {
                    "count": group.successes,
                    "people": group.trials,
                    "rows": figure_of(self.id, outcome, "cohort", since, held_out=held),
                }
                for held, group in ((False, written), (True, held_out))
            ],
        }

    def _no_comparison(self):
        return self.env._(
            "Nobody was held out, so nobody can say what would have happened anyway. "
            "Set a hold-out share before people enter: some of a hundred get nothing, "
            "and are what the others are compared with."
        )

    def _uplift_sentence(self, outcome, written, held_out, interval):
        """What the comparison says, and what it does not, in plain words."""
        did = {
            "application": self.env._("applied"),
            "hire": self.env._("were hired"),
        }[outcome]
        words = {
            "did": did,
            "written": f"{100 * written.rate:.1f}",
            "held_out": f"{100 * held_out.rate:.1f}",
            "more": f"{abs(100 * interval.value):.1f}",
            "low": self._more_or_fewer(interval.low),
            "high": self._more_or_fewer(interval.high),
            "least": f"{min(abs(100 * interval.low), abs(100 * interval.high)):.1f}",
            "most": f"{max(abs(100 * interval.low), abs(100 * interval.high)):.1f}",
            "people": round(abs(interval.value) * written.trials),
        }
        if interval.is_clear and interval.value > 0:
            return self.env._(
                "Of 100 people in the campaign, %(more)s more %(did)s than would have "
                "anyway; the truth lies between %(least)s and %(most)s (95 %%). In "
                "all that is about %(people)s.",
                **words,
            )
        if interval.is_clear:
            return self.env._(
                "Of 100 people in the campaign, %(more)s fewer %(did)s than would have "
                "without it; the truth lies between %(least)s and %(most)s (95 %%). "
                "Stop, and find out why.",
                **words,
            )
        sentence = self.env._(
            "It cannot be told yet whether the campaign adds anything: %(written)s %% "
            "of the people in it %(did)s, and %(held_out)s %% of those held out. The "
            "truth lies between %(low)s and %(high)s of 100 people (95 %%).",
            **words,
        )
        if needed := people_needed(written, held_out):
            sentence += " " + self.env._(
                "If the difference stays, about %s people in all would show it.",
                f"{needed:,}",
            )
        return sentence

    def _more_or_fewer(self, share):
        words = self.env._("%s fewer") if share < 0 else self.env._("%s more")
        return words % f"{abs(100 * share):.1f}"
