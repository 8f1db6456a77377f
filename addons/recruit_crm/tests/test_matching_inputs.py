import inspect
import re
from dataclasses import fields

from odoo.tests import BaseCase, tagged

from ..matching import people
from ..models import recruit_match_best, recruit_match_log, recruit_match_score

# All that matching may know of a person. Whoever adds to it answers for it here: it
# must say what somebody can do or wants, never who they are.
FACTS = {
    "skills",
    "degree",
    "place",
    "country",
    "availability",
    "available_from",
    "last_sign",
    "history",
}
# The columns behind them, and those that decide who is offered a job at all.
COLUMNS = {
    "id",
    "company_id",
    "place_key",
    "country_id",
    "availability",
    "available_from",
    "last_touch_at",
    "data_confirmed_at",
}
# What must never be among them, nor what stands for it.
PROTECTED = re.compile(
    r"\b(name|partner_name|image|avatar|gender|sex|birth\w*|age|marital|children|"
    r"nationality|lang|tz|title|religion|disab\w*|health|zip|street\w*|photo|"
    r"headline|interests|employer|email_from|linkedin\w*|phone\w*|salary\w*|"
    r"create_date|first_touch_id|categ_ids|user_id)\b"
)


@tagged("post_install", "-at_install")
class TestMatchingInputs(BaseCase):
    """Nothing that is protected, and nothing that stands for it, can enter a score."""

    def test_the_formula_knows_these_facts_and_no_others(self):
        self.assertEqual({one.name for one in fields(people.Person)}, FACTS)

    def test_the_statements_read_these_columns_of_a_person_and_no_others(self):
        texts = [
            inspect.getsource(recruit_match_score.RecruitMatch._facts_sql),
            inspect.getsource(recruit_match_log.RecruitMatchLog._people),
            recruit_match_score.LAST_SIGN,
            recruit_match_score.DEGREE,
        ]
        read = {column for text in texts for column in re.findall(r"\bc\.(\w+)", text)}
        self.assertEqual(read, COLUMNS)

    def test_no_protected_word_stands_in_what_is_read(self):
        for text in FACTS | COLUMNS:
            self.assertFalse(PROTECTED.search(text), text)
        for module in (recruit_match_score, recruit_match_best):
            statements = inspect.getsource(module)
            words = re.findall(r'"""(.*?)"""', statements, re.DOTALL)
            for statement in words:
                if "SELECT" in statement:
                    self.assertFalse(
                        PROTECTED.search(re.sub(r"a\.create_date", "", statement))
                    )
