import pytest

from bench.sink import Accepted
from tests.crash.judge import Row, judge

SENT = Row("<1>", "sent", None, enrollment=7, position=0)
NEXT = Row("<2>", "sent", None, enrollment=7, position=1)
FIRST_MAIL = Accepted("<1>", "ada@example.com", "First")
SECOND_MAIL = Accepted("<2>", "ada@example.com", "Second")


def verdict(mails, rows, kills=1):
    return judge(kills=kills, mails=mails, rows=rows, steps=2)


def test_all_sent_once_is_good():
    found = verdict([FIRST_MAIL, SECOND_MAIL], [SENT, NEXT])
    assert found.good
    assert (found.planned, found.accepted, found.uncertain) == (2, 2, 0)


def test_one_uncertain_for_a_killed_worker_is_good_and_ends_the_person_there():
    found = verdict([FIRST_MAIL], [SENT._replace(state="uncertain", worker=5)])
    assert found.good
    assert (found.uncertain, found.uncertain_accepted) == (1, 1)


def test_a_second_copy_counts_even_under_another_message_id():
    copy = FIRST_MAIL._replace(message_id="<2>")
    assert verdict([FIRST_MAIL, copy], [SENT, NEXT]).duplicates == 1


@pytest.mark.parametrize(
    ("mails", "rows"),
    [
        ([SECOND_MAIL], [SENT, NEXT]),
        ([FIRST_MAIL], [SENT]),
        ([FIRST_MAIL], [SENT, NEXT._replace(state="planned")]),
        ([FIRST_MAIL], [SENT, NEXT._replace(state="claimed", worker=5)]),
    ],
    ids=["sent but not accepted", "next step missing", "still due", "still claimed"],
)
def test_a_mail_that_somebody_waits_for_is_lost(mails, rows):
    found = verdict(mails, rows)
    assert found.lost == 1
    assert not found.good


@pytest.mark.parametrize(
    ("mails", "rows"),
    [
        ([FIRST_MAIL, Accepted("<9>", "eve@example.com", "First")], [SENT, NEXT]),
        ([FIRST_MAIL, SECOND_MAIL], [SENT, NEXT._replace(state="failed")]),
        ([FIRST_MAIL, SECOND_MAIL], [SENT._replace(state="uncertain"), NEXT]),
    ],
    ids=["of no delivery", "accepted but failed", "next step after an uncertain one"],
)
def test_what_the_protocol_cannot_explain_is_reported(mails, rows):
    found = verdict(mails, rows)
    assert found.unexplained
    assert not found.good


def test_two_uncertain_of_one_worker_are_too_many():
    rows = [Row(f"<{n}>", "uncertain", 5, enrollment=n, position=0) for n in range(2)]
    assert not verdict([], rows, kills=9).good


def test_more_uncertain_than_kills_are_too_many():
    rows = [Row(f"<{n}>", "uncertain", n, enrollment=n, position=0) for n in range(2)]
    assert not verdict([], rows, kills=1).good
