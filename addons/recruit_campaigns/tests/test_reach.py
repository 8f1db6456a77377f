from itertools import product

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.recruit_crm.models.recruit_candidate import STATES

from .common import CampaignsCommon

CAMPAIGNS_ALONE = {"archived", "hired"}


@tagged("post_install", "-at_install")
class TestReach(CampaignsCommon):
    """What a screen says about somebody and what the sender does are the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = product(
            [state for state, _label in STATES],
            ("free", "listed", False),
            (False, True),
            (False, "2030-01-01"),
            (True, False),
        )
        cls.all_kinds = cls.env["recruit.candidate"].create(
            [
                {
                    "name": f"Person {number}",
                    "email": email and f"{email}@{number}.example.com",
                    "company_id": False,
                    "state": state,
                    "recruiting_opt_out": opt_out,
                    "snoozed_until": snoozed,
                    "active": active,
                }
                for number, (state, email, opt_out, snoozed, active) in enumerate(kinds)
            ]
        )
        listed = cls.all_kinds.filtered(lambda one: "listed" in (one.email or ""))
        cls.env["mail.blacklist"].create(
            [{"email": one.email_normalized} for one in listed]
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _codes(self, expression):
        """{person: code} of an expression over the alias p."""
        self.env.cr.execute(
            SQL(
                "SELECT id, %s FROM recruit_candidate p WHERE id = ANY(%s)",
                expression,
                self.all_kinds.ids,
            )
        )
        return {
            self.all_kinds.browse(id_): code for id_, code in self.env.cr.fetchall()
        }

    def test_every_kind_of_person_is_unreachable_in_sql_just_when_a_reason_is_shown(
        self,
    ):
        codes = self._codes(self.env["recruit.candidate"]._unreachable_sql("p"))
        self.assertGreater(len(set(codes.values())), 4)
        for person, code in codes.items():
            with self.subTest(
                state=person.state,
                email=person.email,
                opt_out=person.recruiting_opt_out,
                snoozed=person.snoozed_until,
                active=person.active,
            ):
                self.assertEqual(bool(person._unreachable_reason()), bool(code))

    def test_campaigns_stop_for_who_is_unreachable_and_for_their_own_reasons_only(self):
        people = self.env["recruit.candidate"]
        reach = self._codes(people._unreachable_sql("p"))
        stops = self._codes(people._stop_reason_sql("p"))
        labels = self.env["recruit.campaign.enrollment"]._fields["exit_reason"]
        known = dict(labels._description_selection(self.env))
        for person, stop in stops.items():
            is_out = not person.active or person.state in ("hired", "employee")
            with self.subTest(person=person.read(["state", "email", "active"])):
                self.assertEqual(bool(stop), bool(reach[person] or is_out))
                self.assertTrue(
                    stop is None or stop in CAMPAIGNS_ALONE or stop == reach[person]
                )
                self.assertTrue(stop is None or stop in known, stop)

    def test_an_audience_holds_just_those_who_are_reachable(self):
        reachable = self._codes(self.env["recruit.candidate"]._reachable_sql("p"))
        for person, is_reachable in reachable.items():
            with self.subTest(person=person.read(["state", "email", "active"])):
                self.assertEqual(not person._unreachable_reason(), is_reachable)

    def test_the_row_of_a_person_follows_the_lists_of_addresses(self):
        person = self.ann
        steps = (
            (lambda: self.env["mail.blacklist"]._add(person.email), True),
            (lambda: self.env["mail.blacklist"]._remove(person.email), False),
            (lambda: self._dead._suppress(person.email, "bounced"), True),
            (lambda: person.write({"email": "ann@new.example.com"}), False),
            (lambda: self._dead._suppress("Ann@New.example.com", "bounced"), True),
            (lambda: self._dead._revive("ann@new.example.com"), False),
        )
        for number, (step, is_blocked) in enumerate(steps):
            step()
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(step=number):
                self.assertEqual(person.address_blocked, is_blocked)

    def test_what_two_transactions_did_not_see_of_each_other_is_settled(self):
        self.env.cr.execute(
            SQL("UPDATE recruit_candidate SET address_blocked = NOT address_blocked")
        )
        self.env["recruit.candidate"]._settle_blocked()
        self.env.invalidate_all()
        for person in self.all_kinds:
            self.assertEqual(person.address_blocked, person.is_blacklisted)

    @property
    def _dead(self):
        return self.env["recruit.mail.suppression"]
