from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.engine import tokens


@tagged("post_install", "-at_install")
class TestEngineTokens(BaseCase):
    def test_token_when_verified_gives_its_record_back(self):
        token = tokens.sign("secret", "open", 12345)
        self.assertRegex(token, r"^[A-Za-z0-9_-]{32}$")
        self.assertEqual(tokens.verify("secret", "open", token), 12345)

    def test_token_when_used_for_another_purpose_opens_nothing(self):
        token = tokens.sign("secret", "click:abc", 7)
        for purpose in ("open", "unsubscribe", "click:abd"):
            self.assertIsNone(tokens.verify("secret", purpose, token))

    def test_token_of_another_database_when_verified_opens_nothing(self):
        self.assertIsNone(
            tokens.verify("other", "open", tokens.sign("secret", "open", 7))
        )

    def test_text_that_is_no_token_when_verified_opens_nothing(self):
        token = tokens.sign("secret", "open", 7)
        forged = [
            token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
            for place in range(len(token))
        ]
        for text in ("", "-", "é", "../..", token[:-1], token + "A", *forged):
            with self.subTest(text=text):
                self.assertIsNone(tokens.verify("secret", "open", text))

    def test_message_id_when_made_twice_is_the_same_and_tells_nothing(self):
        make = tokens.message_id
        first = make("secret", "uuid", 7, "example.com")
        self.assertEqual(first, make("secret", "uuid", 7, "example.com"))
        self.assertRegex(first, r"^<rc\.[0-9a-f]{32}@example\.com>$")
        others = {
            make("other", "uuid", 7, "example.com"),
            make("secret", "other", 7, "example.com"),
            make("secret", "uuid", 8, "example.com"),
        }
        self.assertEqual(len(others | {first}), 4)
