"""What nobody should write, and somebody will: each is refused in words or stops one
message alone."""

import email
import email.policy
import time
from itertools import product

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import CampaignsCommon

LETTER = "odoo.addons.recruit_campaigns.models.recruit_campaign_delivery_letter"
SECRETS = ("918273645", "+49 30 9182736", "canary-secret", "canary-login")
EXPRESSIONS = (
    "918273600 + 45",
    "str(918273600 + 45)",
    "(lambda: 918273600 + 45)()",
    "[918273600 + 45 for x in (1,)][0]",
    "object.phone",
    "object.sudo().phone",
    "object['phone']",
    "object.read(['phone'])",
    "object.mapped('phone')",
    "object.user_id.login",
    "object.env.user.login",
    "object.env['res.users'].browse(1).login",
    "object.env['ir.config_parameter'].get_param('database.secret')",
    "object.env.cr.execute('SELECT 1')",
    "object.write({'name': str(918273600 + 45)})",
    "object.unlink()",
    "object._fields",
    "object.__class__.__mro__",
    "object.__class__.__mro__[1].__subclasses__()",
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__.__mro__[-1].__subclasses__()",
    "getattr(object, 'phone')",
    "__import__('os').environ",
    "open('/etc/passwd').read()",
    "env['res.users'].search([]).mapped('login')",
    "user.login",
    "ctx",
    "format_date(object.create_date) + object.phone",
    "object.name.format(object).__class__",
    "object.name or object.phone",
    "object.first_name if False else object.phone",
    "object.country_id.name + object.phone",
)
BODIES = (
    '<t t-out="%s"/>',
    '<t t-esc="%s"/>',
    '<t t-raw="%s"/>',
    '<p t-out="%s">default</p>',
    '<t t-if="%s">yes</t>',
    '<t t-set="x" t-value="%s"/><t t-out="x"/>',
    '<t t-foreach="%s" t-as="x"><t t-out="x"/></t>',
    '<p t-att-title="%s">x</p>',
    '<p t-attf-title="{{%s}}">x</p>',
    '<p t-attf-title="#{%s}">x</p>',
    "<p t-att=\"{'title': %s}\">x</p>",
    '<t t-out="object.name" t-options="{\'widget\': %s}"/>',
    '<t t-call="{{%s}}"/>',
    '<t t-cache="%s"><p>x</p></t>',
    "<p>${%s}</p>",
    "<p>{%% print(%s) %%}</p>",
    "<p>&lt;%%= %s %%&gt;</p>",
)
SUBJECTS = ("{{ %s }}", "{{%s ||| default}}", "{{ object.name }}{{ %s }}", "${%s}")


@tagged("post_install", "-at_install")
class TestBadInput(CampaignsCommon):
    def setUp(self):
        super().setUp()
        self.ann.phone = "+49 30 9182736"
        self.ann.user_id = self.officer.copy({"login": "canary-login"})
        self.env["ir.config_parameter"].set_param("database.secret", "canary-secret")
        self.variant = self.first_step.variant_id

    # ----------------------------------------------------------------- templates

    def test_payloads_when_saved_are_refused_or_come_out_as_they_were_written(self):
        payloads = [
            *((None, body % code) for body, code in product(BODIES, EXPRESSIONS)),
            *((line % code, None) for line, code in product(SUBJECTS, EXPRESSIONS)),
        ]
        self.assertGreater(len(payloads), 500)
        tame = [payload for payload in payloads if not self._is_refused(*payload)]
        self.assertLess(len(tame), len(payloads) / 4)
        for subject, body in tame:
            with self.subTest(subject=subject, body=body):
                mailing = self.variant.sudo().mailing_id
                mailing.subject = subject or "Hello"
                mailing.body_html = mailing.body_arch = body or "<p>Hello</p>"
                written = self.variant._render(self.ann)[self.ann.id]
                for secret in SECRETS:
                    self.assertNotIn(secret, str(written))
        self.assertEqual(self.ann.name, "Ann Lee")

    def _is_refused(self, subject, body):
        try:
            self.variant._check_content(subject, body)
        except ValidationError as error:
            self.assertIn("object.first_name", str(error), "it says what is allowed")
            return True
        return False

    def test_text_that_raises_or_never_ends_when_sent_stops_nobody_else(self):
        texts = (
            '<p><t t-out="1 / 0"/></p>',
            '<t t-foreach="range(10 ** 9)" t-as="n"><t t-out="n"/></t>',
            '<t t-call="nowhere.at_all"/>',
            "<p><t t-out=></p>",
            '<t t-set="x" t-value="[0] * 10 ** 9"/>',
        )
        other = self._new_campaign(name="Another")
        for text in texts:
            with self.subTest(text=text), self.env.cr.savepoint() as savepoint:
                (self.campaign | other).action_start()
                # an editor of templates may do this in Email Marketing
                self.variant.sudo().mailing_id.body_html = text
                self.env.flush_all()
                self.env.invalidate_all()
                began = time.monotonic()
                with mute_logger(LETTER):
                    letters = self._letters()
                self.assertLess(time.monotonic() - began, 10)
                rows = self.deliveries.browse([one.delivery_id for one in letters])
                self.assertEqual(rows.campaign_id, other)
                self.assertEqual(len(rows), 3)
                failed = self._delivery(self.ann)
                self.assertEqual(failed.state, "failed")
                self.assertEqual(failed.reason, "The message could not be written.")
                self.assertTrue(failed.smtp_text)
                savepoint.rollback()
                self.env.invalidate_all(flush=False)

    # --------------------------------------------------------------------- sizes

    def test_body_of_a_megabyte_when_sent_arrives_as_it_was_written(self):
        words = "".join(
            f"<p>Paragraph {number} of many.</p>" for number in range(34000)
        )
        self.assertGreater(len(words), 1_000_000)
        self.first_step.body_html = words + '<p>For <t t-out="object.name"/>.</p>'
        began = time.monotonic()
        letters = self._letters()
        self.assertLess(time.monotonic() - began, 60)
        self.assertEqual(len(letters), 3)
        letter = next(one for one in letters if one.address == self.ann.email)
        mail = email.message_from_bytes(letter.lines, policy=email.policy.default)
        content = mail.get_body(("html",)).get_content()
        for words in ("Paragraph 0 of many.", "Paragraph 33999 of", "For Ann Lee."):
            self.assertTrue(words in content, words)  # shows no megabyte where it fails

    # ----------------------------------------------------------------- addresses

    def test_address_with_a_line_break_when_saved_or_forced_reaches_no_header(self):
        evil = "eve@example.com\r\nBcc: all@example.com"
        eve = self.env["recruit.candidate"].create(
            {"name": "Eve", "email": evil, "categ_ids": [Command.link(self.tag.id)]}
        )
        self.assertNotIn("\n", eve.email_normalized or "")
        self.campaign.action_start()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE recruit_candidate SET email_normalized = %s WHERE id = %s",
                evil,
                self.ben.id,
            )
        )
        self.env.invalidate_all()
        with mute_logger(LETTER):
            letters = self._letters()
        for letter in letters:
            self.assertNotIn(b"\nBcc:", letter.lines)
            self.assertNotIn("\n", letter.envelope_to)
        self.assertEqual(self._delivery(self.ben).state, "failed")
        self.assertEqual(self._delivery(self.ann).state, "claimed")

    def test_name_with_a_line_break_when_sent_reaches_no_header(self):
        self.env.cr.execute(
            SQL(
                "UPDATE recruit_candidate SET name = %s WHERE id = %s",
                "Ann\r\nBcc: all@example.com",
                self.ann.id,
            )
        )
        self.env.invalidate_all()
        with mute_logger(LETTER):
            for letter in self._letters():
                head = letter.lines.partition(b"\r\n\r\n")[0]
                self.assertNotIn(b"\nBcc:", head)

    # ------------------------------------------------------------------ audience

    def test_segment_that_runs_empty_meanwhile_lets_those_inside_go_on(self):
        self.campaign.action_start()
        self.people.categ_ids = [Command.clear()]
        self.assertEqual(len(self._send_all()), 3)
        self.assertEqual(set(self.campaign.enrollment_ids.mapped("state")), {"active"})
