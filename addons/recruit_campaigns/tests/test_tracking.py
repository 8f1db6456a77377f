import random
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.recruit_campaigns.tracking import (
    Visit,
    judge,
    network_of,
    request_signs,
)

SENT = datetime(2026, 11, 23, 9)
PEOPLE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.3 Safari/605.1.15",
)
SCANNERS = ("BarracudaCentral", "Mimecast-URL/2", "ProofPoint", "Googlebot/2.1")
LIBRARIES = (
    "python-requests/2.32",
    "curl/8",
    "Go-http-client/2.0",
    "HeadlessChrome/141",
)


class Dice(random.Random):
    """Requests at random moments; `links` is how many the message has."""

    links = 4

    def moment(self, low, high):
        return SENT + timedelta(seconds=self.uniform(low, high))

    def request(self, at, link, *, program=None, method="GET", network="a", **headers):
        program = self.choice(PEOPLE) if program is None else program
        headers = {"User-Agent": program, "Accept-Language": "de", **headers}
        return {
            "at": at,
            "link": link,
            "position": link or 0,
            "network": network,
            "program": program,
            "signs": request_signs(method, headers),
        }

    def scan(self, low, high, *, pause=0.5, count=None, **values):
        """Follow the links from the first on, as scanners do."""
        at, program = self.moment(low, high), self.choice(PEOPLE)
        values.setdefault("program", program)
        return [
            self.request(at + timedelta(seconds=pause * number), number, **values)
            for number in range(count or self.links)
        ]

    def one(self, **values):
        """One link, at a moment at which people might follow it."""
        return [
            self.request(self.moment(60, 90_000), self.randrange(self.links), **values)
        ]


def visits(requests):
    return [Visit(id=number, **request) for number, request in enumerate(requests)]


def hammer(dice):
    at, program = dice.moment(60, 9000), dice.choice(PEOPLE)
    return [
        dice.request(at + timedelta(seconds=number), 0, program=program)
        for number in range(dice.randint(4, 8))
    ]


def many_networks(dice):
    at = dice.moment(60, 9000)
    return [
        dice.request(at + timedelta(seconds=dice.uniform(0, 1)), 0, network=network)
        for network in "abc"
    ]


BEHAVIORS = {
    "asks for the head only": lambda dice: dice.scan(10, 900, method="HEAD"),
    "says that it is a scanner": lambda dice: dice.one(program=dice.choice(SCANNERS)),
    "is a library": lambda dice: dice.one(program=dice.choice(LIBRARIES)),
    "does not say what it is": lambda dice: dice.one(program=""),
    "says hardly what it is": lambda dice: dice.one(program="Mozilla/5.0"),
    "fetches ahead of time": lambda dice: dice.one(
        **{dice.choice(("Purpose", "Sec-Purpose", "X-Moz")): "prefetch"}
    ),
    "comes before the mail is accepted": lambda dice: dice.scan(-30, -1, count=1),
    "comes within seconds": lambda dice: dice.scan(0, 7, count=1),
    "follows many links at once": lambda dice: dice.scan(
        30, 9000, pause=dice.uniform(0.1, 3), count=3
    ),
    "follows all links slowly, like a clock": lambda dice: dice.scan(
        30, 9000, pause=dice.uniform(12, 60)
    ),
    "asks for one link again and again": hammer,
    "comes from several networks at once": many_networks,
    "speaks no language and is a very old program": lambda dice: dice.one(
        program="Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)",
        **{"Accept-Language": ""},
    ),
    "follows both links of a short message": lambda dice: dice.scan(
        30, 9000, pause=dice.uniform(0.1, 4), count=2
    ),
}


@tagged("post_install", "-at_install")
class TestTracking(BaseCase):
    def _shares(self, behavior, rounds=200):
        dice, flagged, total = Dice(behavior), 0, 0
        dice.links = 2 if "both" in behavior else 4
        for _round in range(rounds):
            found = visits(BEHAVIORS[behavior](dice))
            judged = judge(found, sent_at=SENT, link_count=dice.links)
            total += len(found)
            flagged += sum(one.who == "machine" for one in judged.values())
        return flagged / total

    def test_scanner_of_each_behavior_is_flagged_in_95_of_100_visits(self):
        self.assertGreaterEqual(len(BEHAVIORS), 12)
        for behavior in BEHAVIORS:
            with self.subTest(behavior=behavior):
                self.assertGreaterEqual(self._shares(behavior), 0.95)

    def test_person_is_flagged_in_at_most_1_of_100_visits(self):
        dice, flagged, total = Dice("people"), 0, 0
        for _person in range(10_000):
            at, program = dice.moment(15, 200_000), dice.choice(PEOPLE)
            requests = [dice.request(at, None, program=program)]
            for _click in range(dice.choice((1, 1, 1, 2, 2, 3))):
                at += timedelta(seconds=dice.expovariate(1 / 40) + 3)
                link = dice.randrange(dice.links)
                requests.append(dice.request(at, link, program=program))
            judged = judge(visits(requests), sent_at=SENT, link_count=dice.links)
            total += len(requests)
            flagged += sum(one.who == "machine" for one in judged.values())
        self.assertLessEqual(flagged / total, 0.01)

    def test_person_after_a_scanner_is_a_person(self):
        dice = Dice(1)
        scan = dice.scan(1, 2, network="gateway")
        person = dice.request(dice.moment(4000, 5000), 1, network="home")
        judged = judge(visits([*scan, person]), sent_at=SENT, link_count=4)
        self.assertEqual(
            [one.who for one in judged.values()], ["machine"] * 4 + ["human"]
        )

    def test_one_weak_sign_leaves_it_open(self):
        dice = Dice(1)
        picture = dice.request(dice.moment(100, 200), None)
        click = dice.request(dice.moment(900, 950), 1, **{"Accept-Language": ""})
        judged = judge(visits([picture, click]), sent_at=SENT, link_count=4)
        self.assertEqual(judged[1].who, "unknown")
        self.assertEqual(judged[1].reason, "no_language")

    def test_picture_that_a_mail_program_loads_for_all_is_a_machines(self):
        signs = request_signs("GET", {"User-Agent": "Mozilla/5.0"})
        visit = Visit(id=1, at=SENT + timedelta(hours=1), signs=signs)
        self.assertEqual(judge([visit], sent_at=SENT, link_count=1)[1].who, "machine")

    def test_visit_to_a_message_that_was_not_sent_is_a_machines(self):
        visit = Visit(id=1, at=SENT, link=1)
        judged = judge([visit], sent_at=None, link_count=1)
        self.assertEqual(judged[1].reason, "before_delivery")

    def test_network_is_the_same_for_neighbors_and_says_nothing_without_the_key(self):
        first = network_of("secret", "203.0.113.7")
        self.assertEqual(first, network_of("secret", "203.0.113.99"))
        self.assertEqual(first, network_of("secret", "::ffff:203.0.113.1"))
        self.assertNotEqual(first, network_of("secret", "203.0.114.7"))
        self.assertNotEqual(first, network_of("other", "203.0.113.7"))
        self.assertEqual(
            network_of("secret", "2001:db8:1:2::3"),
            network_of("secret", "2001:db8:1::9"),
        )
        self.assertEqual(network_of("secret", "nonsense"), "")
        self.assertEqual(network_of("secret", None), "")
