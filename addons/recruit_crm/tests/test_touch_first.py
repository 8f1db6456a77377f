from datetime import datetime

from odoo.tests import Form, tagged
from odoo.tools import SQL, file_open

from .common_merge import MergeCommon

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "has_headers": True,
    "date_format": "%Y-%m-%d",
}
COST = ["channel_id", "campaign", "date_from", "date_to", "amount", "note"]


@tagged("post_install", "-at_install")
class TestTouchFirst(MergeCommon):
    """The words of the first touch on the row of the person; costs from a sheet."""

    def setUp(self):
        super().setUp()
        self.ann = self._candidate(email="ann@example.com")

    def _words(self, person):
        self.env.flush_all()
        self.env.invalidate_all()
        return person.first_touch_at, person.first_source

    def test_the_words_follow_an_earlier_touch_and_a_correction(self):
        self.ann._log_touch("event", source="Fair", occurred_at=datetime(2026, 3, 1))
        self.assertEqual(self._words(self.ann), (datetime(2026, 3, 1), "Fair"))
        early = self.ann._log_touch(
            "visit", source="Google", occurred_at=datetime(2026, 1, 1)
        )
        self.assertEqual(self._words(self.ann), (datetime(2026, 1, 1), "Google"))
        early._correct("Wrong person", withdraw=True)
        self.assertEqual(self._words(self.ann), (datetime(2026, 3, 1), "Fair"))

    def test_the_words_follow_a_merge_and_its_undo(self):
        twin = self._candidate("Twin")
        self.ann._log_touch("event", source="Fair", occurred_at=datetime(2026, 3, 1))
        twin._log_touch("visit", source="Google", occurred_at=datetime(2026, 1, 1))
        merge = self.ann._merge(twin)
        self.assertEqual(self._words(self.ann), (datetime(2026, 1, 1), "Google"))
        merge.action_undo()
        self.assertEqual(self._words(self.ann), (datetime(2026, 3, 1), "Fair"))
        self.assertEqual(self._words(twin), (datetime(2026, 1, 1), "Google"))

    def test_the_words_are_those_of_the_touch_whatever_happened(self):
        for day in (9, 3, 7, 1):
            self.ann._log_touch(
                "call", source=f"Day {day}", occurred_at=datetime(2026, 5, day)
            )
        people = self.env["recruit.candidate"].with_context(active_test=False)
        for person in people.search([("first_touch_id", "!=", False)]):
            touch = person.first_touch_id
            self.assertEqual(self._words(person), (touch.occurred_at, touch.source))

    def test_rows_from_before_get_their_words_when_the_addon_is_updated(self):
        self.ann._log_touch("event", source="Fair", occurred_at=datetime(2026, 3, 1))
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE recruit_candidate SET first_source = NULL, first_touch_at=NULL")
        )
        self.ann._keep_first_words()
        self.assertEqual(self._words(self.ann), (datetime(2026, 3, 1), "Fair"))

    def test_the_form_shows_the_first_the_latest_and_all_between(self):
        for day in (1, 5, 3):
            self.ann._log_touch("call", occurred_at=datetime(2026, 5, day))
        self.ann._log_touch("refused", occurred_at=datetime(2026, 5, 9))
        form = Form(self.ann)
        self.assertEqual(form.first_touch_at, "2026-05-01 00:00:00")
        self.assertEqual(form.latest_touch_id.occurred_at, datetime(2026, 5, 5))
        self.assertEqual(len(form.touch_ids), 4)

    # -------------------------------------------------------------------- costs

    def _sheet(self, data):
        return self.env["base_import.import"].create(
            {
                "res_model": "recruit.channel.cost",
                "file": data,
                "file_type": "text/csv",
                "file_name": "costs.csv",
            }
        )

    def test_the_template_of_costs_is_understood_and_imported(self):
        [template] = self.env["recruit.channel.cost"].get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            data = file.read()
        preview = self._sheet(data).parse_preview(dict(OPTIONS))
        found = [preview["matches"][number][0] for number in range(len(COST))]
        self.assertEqual(found, COST)
        answer = self._sheet(data).execute_import(COST, COST, dict(OPTIONS))
        self.assertFalse(answer["messages"])
        costs = self.env["recruit.channel.cost"].browse(answer["ids"])
        self.assertEqual(costs.mapped("amount"), [12000, 2400])
        self.assertEqual(
            costs[1].channel_id.complete_name, "Events / Fairs and meetups"
        )

    def test_a_cost_of_an_unknown_channel_is_refused_with_its_row(self):
        data = b"Channel,From,To,Amount\nNo such fair,2026-01-01,2026-01-02,5\n"
        columns = ["channel_id", "date_from", "date_to", "amount"]
        answer = self._sheet(data).execute_import(columns, columns, dict(OPTIONS))
        self.assertFalse(answer["ids"])
        self.assertIn("No such fair", answer["messages"][0]["message"])
