import random
from datetime import timedelta

from odoo.tests import tagged

from ..attribution.models import MAX_TOUCHES, Path, credits
from ..attribution.split import PARTS
from ..models.recruit_credit import MODELS
from ..models.recruit_credit_compute import SILENT
from .common_credit import DAY, CreditCommon
from .common_merge import MergeCommon

SOURCES = (None, "LinkedIn", "Fair", "Friend", "Indeed", "Facebook")
KINDS = ("clicked", "call", "event", "referral", "sent", "joined_pool")
NAMES = [name for name, _label in MODELS]


@tagged("post_install", "-at_install")
class TestCredit(CreditCommon, MergeCommon):
    def _credits(self, application, kind="hire"):
        return self.env["recruit.credit"].search(
            [
                ("conversion_id.applicant_id", "=", application.id),
                ("kind", "=", kind),
            ],
            order="occurred_at, touch_id",
        )

    def _hire_on(self, application, day):
        application.stage_id = self.hired_stage
        application.date_closed = DAY + timedelta(days=day)

    def _compute_due(self):
        self.env["recruit.credit.due"]._compute_due()

    def _oracle(self, conversion):
        """The credit of a conversion by the pure models: {touch id: {model: parts}}."""
        steps = self._conversions(conversion.applicant_id)
        anchors = {
            one.kind: one.happened_at
            for one in steps
            if one.happened_at <= conversion.touches_until
        }
        moments = {
            touch: self._moment(touch, conversion, anchors)
            for touch in conversion.candidate_id.touch_ids
        }
        touches = [
            touch
            for touch in sorted(moments, key=lambda one: (moments[one], one.id))
            if moments[touch] <= conversion.touches_until
            and touch.kind in self.env["recruit.touch"]._credited_kinds()
            and touch.kind not in SILENT
            and touch.counts
            and not touch.pool_id
            and (
                touch.direction != "outbound"
                or moments[touch]
                <= anchors.get("application", conversion.touches_until)
            )
        ]
        unknown = self.env.ref("recruit_crm.recruit_channel_unknown")
        telling = [
            one
            for one in touches
            if one.channel_id != unknown or one.source or one.campaign
        ]
        touches = telling or touches
        if len(touches) > MAX_TOUCHES:
            touches = touches[:1] + touches[1 - MAX_TOUCHES :]
        if not touches:
            return {False: dict.fromkeys(NAMES, PARTS)}
        effects = {
            one.channel_id: one.effect
            for one in self.env["recruit.channel.effect"].search([])
        }
        way = Path(
            tuple(moments[one] for one in touches),
            tuple(effects.get(one.channel_id, 0) for one in touches),
            anchors.get("application"),
            anchors.get("interview"),
        )
        parts = credits(way)
        return {
            touch.id: {model: parts[model][at] for model in NAMES}
            for at, touch in enumerate(touches)
        }

    def _moment(self, touch, conversion, anchors):
        """What was recorded of the application itself took place with it."""
        own = (touch.res_model, touch.res_id) == (
            "hr.applicant",
            conversion.applicant_id.id,
        )
        applied = anchors.get("application", touch.occurred_at)
        return min(touch.occurred_at, applied) if own else touch.occurred_at

    def _assert_true(self, conversions):
        """The stored credit is what the pure models say, and sums to one."""
        self.assertTrue(conversions)
        for conversion in conversions:
            rows = self.env["recruit.credit"].search(
                [("conversion_id", "=", conversion.id)]
            )
            found = {
                row.touch_id.id: {model: row[model] for model in NAMES} for row in rows
            }
            self.assertEqual(found, self._oracle(conversion))
            for model in NAMES:
                self.assertEqual(sum(rows.mapped(model)), PARTS)

    def _random_history(self, dice, candidate):
        self.env["recruit.touch"].create(
            [
                {
                    "candidate_id": candidate.id,
                    "kind": dice.choice(KINDS),
                    "source": dice.choice(SOURCES),
                    "campaign": dice.choice([None, None, "Spring"]),
                    "occurred_at": DAY + timedelta(days=dice.randint(0, 60)),
                }
                for _touch in range(dice.randint(0, 9))
            ]
        )

    def test_for_random_histories_the_credit_is_what_the_models_say(self):
        dice = random.Random(31)
        channels = self.env["recruit.channel"].search([("level", "=", "channel")])
        self.env["recruit.channel.effect"].create(
            [
                {"channel_id": one.id, "effect": effect, "learned_at": DAY}
                for one in channels
                if (effect := dice.choice((None, 0, 5, 300, 700))) is not None
            ]
        )
        applications = self.env["hr.applicant"]
        for number in range(25):
            one = self._apply(f"Person {number}", f"person{number}@example.com")
            self._random_history(dice, one.candidate_id)
            one.stage_id = dice.choice(list(self.stages.values()) + [self.hired_stage])
            if one.date_closed:
                one.date_closed = DAY + timedelta(days=dice.randint(0, 70))
            applications |= one
        conversions = self.env["recruit.conversion"].search(
            [("applicant_id", "in", applications.ids)]
        )
        for conversion in conversions.filtered(lambda one: one.kind != "hire"):
            conversion.happened_at = DAY + timedelta(days=dice.randint(0, 70))
        self._compute_due()
        self._assert_true(conversions)

    def test_nothing_known_is_unknown_and_gets_it_all(self):
        application = self._apply()
        self._hire_on(application, -500)  # before anything else in the ledger
        credit = self._credits(application)
        self.assertFalse(credit.touch_id)
        self.assertEqual([credit[model] for model in NAMES], [PARTS] * len(NAMES))
        self.assertEqual(credit.origin_id.display_name, "Unknown")

    def test_a_touch_that_tells_nothing_takes_nothing_from_the_fair(self):
        application = self._apply()
        person = application.candidate_id
        fair = self._touch(person, 0, "event", "Fair")
        self._touch(person, 5, "other")
        self._hire_on(application, 10)
        self.assertEqual(self._credits(application).touch_id, fair)

    def test_our_own_calls_count_until_the_application_and_no_longer(self):
        application = self._apply()
        person = application.candidate_id
        before = self._touch(person, 0, "call")
        self._conversion(application, "application").happened_at = DAY + timedelta(3)
        self._touch(person, 5, "call")
        self._hire_on(application, 10)
        self.assertEqual(self._credits(application).touch_id, before)

    def test_a_corrected_touch_gives_its_credit_to_the_correction(self):
        application = self._apply()
        person = application.candidate_id
        wrong = self._touch(person, 0, "event", "Fair")
        self._hire_on(application, 10)
        right = wrong._correct("It was the other fair", source="Other fair")
        self._compute_due()
        self.assertEqual(self._credits(application).touch_id, right)
        right._correct("It never took place", withdraw=True)
        self._compute_due()
        self.assertEqual(self._credits(application).origin_id.display_name, "Unknown")

    def test_a_rule_that_explains_an_unknown_channel_moves_its_credit(self):
        application = self._apply()
        person = application.candidate_id
        touch = self._touch(person, 0, "clicked", "Village newspaper")
        self._hire_on(application, 10)
        board = self.env.ref("recruit_crm.recruit_channel_other_board")
        self.assertNotEqual(self._credits(application).channel_id, board)
        touch._unlock("classify")
        self.env.cr.execute(
            "UPDATE recruit_touch SET channel_id = %s WHERE id = %s",
            [board.id, touch.id],
        )
        self._compute_due()
        self.assertEqual(self._credits(application).channel_id, board)

    def test_what_we_sent_without_an_answer_earns_nothing(self):
        application = self._apply()
        person = application.candidate_id
        self._touch(person, 0, "sent", "Newsletter")
        answer = self._touch(person, 1, "replied", "Newsletter")
        self._hire_on(application, 10)
        self.assertEqual(self._credits(application).touch_id, answer)

    def test_touches_outside_the_window_earn_nothing(self):
        self.env["ir.config_parameter"].set_param(
            "recruit_crm.attribution_window_days", "30"
        )
        application = self._apply()
        person = application.candidate_id
        self._touch(person, 0, source="Old")
        recent = self._touch(person, 80, source="New")
        self._hire_on(application, 100)
        self.assertEqual(self._credits(application).touch_id, recent)

    def test_a_person_who_clicks_all_day_keeps_the_first_and_the_latest(self):
        application = self._apply()
        person = application.candidate_id
        self.env["recruit.touch"].create(
            [
                {
                    "candidate_id": person.id,
                    "kind": "clicked",
                    "source": "Advertisement",
                    "occurred_at": DAY + timedelta(minutes=number),
                }
                for number in range(MAX_TOUCHES + 20)
            ]
        )
        self._hire_on(application, 10)
        self._assert_true(self._conversion(application, "hire"))
        self.assertEqual(len(self._credits(application)), MAX_TOUCHES)
        self.assertEqual(self._credits(application)[0].occurred_at, DAY)

    def test_a_late_earlier_touch_is_credited_after_the_next_run(self):
        application = self._apply()
        person = application.candidate_id
        self._touch(person, 5, source="LinkedIn")
        self._hire_on(application, 10)
        fair = self._touch(person, 0, "event", "Fair")
        self._compute_due()
        self.assertEqual(self._credits(application)[0].touch_id, fair)
        self.assertEqual(self._credits(application)[0].first, PARTS)
        self._assert_true(self._conversions(application))

    def test_a_merge_credits_the_touches_of_both_and_undo_restores(self):
        ann = self._apply("Ann Lee", "ann@example.com")
        other = self._apply("Ann M. Lee", "ann.lee@example.org", self.other_job)
        mine, theirs = ann.candidate_id, other.candidate_id
        self._touch(theirs, 0, "event", "Fair")
        self._touch(mine, 5, source="LinkedIn")
        self._hire_on(ann, 10)
        self._compute_due()
        conversions = self._conversions(ann) | self._conversions(other)
        before = self._rows("recruit_credit")
        mine._merge(theirs)
        self._assert_true(conversions)
        self.assertEqual(conversions.candidate_id, mine)
        self.assertEqual(self._credits(ann)[0].origin_id.source, "Fair")
        merge = self.env["recruit.merge"].search([("merged_id", "=", theirs.id)])
        merge.action_undo()
        self._assert_true(conversions)
        self.assertEqual(len(self._rows("recruit_credit")), len(before))
        self.assertEqual(self._credits(ann).origin_id.source, "LinkedIn")

    def test_a_rebuild_can_be_cut_off_and_goes_on(self):
        for number in range(3):
            one = self._apply(f"Person {number}", f"person{number}@example.com")
            self._touch(one.candidate_id, 0, source="Fair")
        conversions = self.env["recruit.conversion"].search([])
        self.env.flush_all()
        self.env.cr.execute("UPDATE recruit_credit SET first = 7")
        self.env.invalidate_all()
        due = self.env["recruit.credit.due"]
        due._mark_all()
        due._compute_due(conversions[:1].candidate_id.ids)
        self.assertTrue(due.search_count([]))
        self._compute_due()
        self.assertFalse(due.search_count([]))
        self._assert_true(conversions)

    def test_the_effects_are_learned_from_hires_and_from_what_came_to_nothing(self):
        for number in range(6):
            one = self._apply(f"Person {number}", f"person{number}@example.com")
            source = "Indeed" if number < 2 else "Facebook"
            self._touch(one.candidate_id, 0, source=source)
            if number in (0, 1, 2):
                self._hire_on(one, 10)
        effects = self.env["recruit.channel.effect"]
        effects._learn()
        found = {one.channel_id.name: one.effect for one in effects.search([])}
        self.assertAlmostEqual(found["Indeed"], PARTS * 2 / 3, delta=1)
        self.assertAlmostEqual(found["Facebook"], PARTS / 3, delta=1)
        due = self.env["recruit.credit.due"]
        due._mark_all()
        self._compute_due()
        self._assert_true(self.env["recruit.conversion"].search([]))
