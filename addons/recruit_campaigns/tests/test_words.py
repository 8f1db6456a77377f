from odoo.tests import TransactionCase, tagged

from odoo.addons.recruit_campaigns.timing.words import days
from odoo.addons.recruit_crm.segment.values import Period


@tagged("post_install", "-at_install")
class TestWords(TransactionCase):
    def test_a_span_of_time_is_right_for_one_as_for_many(self):
        said = [days(self.env, count) for count in (0, 1, 2)]
        self.assertEqual(said, ["0 days", "a day", "2 days"])
        step = self.env["recruit.campaign.step"].new({"delay": 1})
        for unit, one in (("days", "1 day"), ("business_days", "1 business day")):
            step.delay_unit = unit
            self.assertEqual(step._say_delay(), one)
        step.delay = 2
        self.assertEqual(step._say_delay(), "2 business days")

    def test_a_period_of_a_segment_is_right_for_one_as_for_many(self):
        kind = Period()
        for amount, unit, words in ((1, "months", "1 month"), (3, "years", "3 years")):
            said = kind.words({"amount": amount, "unit": unit}, self.env)
            self.assertEqual(said, words)
