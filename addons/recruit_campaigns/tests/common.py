from datetime import timedelta

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.recruit_campaigns.engine.smtp import Answer
from odoo.addons.recruit_crm.models.recruit_candidate import OFFICER

TOKEN = 4711  # of a worker that holds no lock: dead for the reaper
ACCEPTED = Answer("dot", 250, "2.0.0 queued")


class CampaignsCommon(TransactionCase):
    """A running campaign of two messages over a segment of three people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.officer = new_test_user(
            cls.env, "campaign_officer", groups=OFFICER, email="officer@example.com"
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other company"})
        cls.tag = cls.env["hr.applicant.category"].create({"name": "Weavers"})
        cls.ann, cls.ben, cls.clara = cls.people = cls.env["recruit.candidate"].create(
            [
                {"name": name, "email": email, "categ_ids": [Command.link(cls.tag.id)]}
                for name, email in (
                    ("Ann Lee", "ann@example.com"),
                    ("Ben Okafor", "ben@example.com"),
                    ("Clara Díaz", "clara@example.com"),
                )
            ]
        )
        cls.segment = cls.env["recruit.segment"].create(
            {
                "name": "Weavers",
                "tree": {
                    "group": "all",
                    "items": [
                        {"field": "tag", "operator": "any_of", "value": cls.tag.ids}
                    ],
                },
            }
        )
        cls.campaign = cls._new_campaign()
        cls.first_step, cls.second_step = cls.campaign.step_ids

    @classmethod
    def _new_campaign(cls, **values):
        return cls.env["recruit.campaign"].create(
            {
                "name": "Weavers for Berlin",
                "segment_id": cls.segment.id,
                "user_id": cls.officer.id,
                "step_ids": [
                    Command.create(
                        {
                            "sequence": 10,
                            "subject": "Hello {{ object.first_name }}",
                            "body_html": '<p>Dear <t t-out="object.name">you</t>, '
                            '<a href="https://example.com/jobs">look</a>.</p>',
                        }
                    ),
                    Command.create(
                        {
                            "sequence": 20,
                            "delay": 3,
                            "subject": "Still there?",
                            "body_html": "<p>One more word.</p>",
                        }
                    ),
                ],
                **values,
            }
        )

    @property
    def deliveries(self):
        return self.env["recruit.campaign.delivery"]

    def _now(self):
        return self.env["recruit.clock"].now()

    def _moment(self, now=None):
        """Start the campaign where it is a draft, and return `now`, at the earliest the
        moment after that: what was planned a second later would not be due."""
        if self.campaign.state == "draft":
            self.campaign.action_start()
        self.env.flush_all()
        return now or self._now()

    def _claim(self, now=None, limit=50):
        """Start the campaign where it is a draft, and claim what is due."""
        now = self._moment(now)
        return self.deliveries._claim_due(TOKEN, now, limit)

    def _letters(self, now=None):
        return self._letters_of(self._claim(now), now)

    def _letters_of(self, claimed, now=None):
        """The letters of claimed rows, as a worker writes them."""
        now = now or self._now()
        return claimed._let_leave(TOKEN, now)._prepare_letters(TOKEN, now)

    def _in_flight(self, now=None):
        """Claim, prepare and fence everything due: {candidate: (row, letter)}."""
        now = self._moment(now)
        pairs = {}
        for letter in self._letters(now):
            row = self.deliveries.browse(letter.delivery_id)
            self.assertTrue(row._fence(TOKEN, letter.address, now))
            pairs[row.candidate_id] = row, letter
        self.env.invalidate_all()
        return pairs

    def _send_all(self, now=None):
        """Every due message is accepted by the mail server."""
        now = self._moment(now)
        pairs = self._in_flight(now)
        for row, letter in pairs.values():
            row._record_answer(TOKEN, letter, ACCEPTED, now)
        return self.deliveries.browse([row.id for row, _letter in pairs.values()])

    def _delivery(self, person, step=None):
        return self.deliveries.search(
            [
                ("candidate_id", "=", person.id),
                ("step_id", "=", (step or self.first_step).id),
            ]
        )

    def _enrollment(self, person):
        return self.env["recruit.campaign.enrollment"].search(
            [("candidate_id", "=", person.id), ("campaign_id", "=", self.campaign.id)]
        )

    def _later(self, **delta):
        return self._now() + timedelta(**delta)
