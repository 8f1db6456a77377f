"""A scorecard that is open on two devices is handed in once, and stays as it was."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import odoorpc
import pytest

from tests.client import log_in

DEVICES = 3


@pytest.fixture(scope="module")
def card(odoo):
    """The id of a draft, with a recommendation, and of nobody else."""
    env = log_in(odoo).env
    job = env["hr.job"].create({"name": "Bell Founder"})
    applicant = env["hr.applicant"].create(
        {
            "partner_name": "Device Twice",
            "email_from": "twice@example.com",
            "job_id": job,
        }
    )
    opened = [
        env["hr.applicant"].browse(applicant).action_open_scorecard()["res_id"]
        for _device in range(DEVICES)
    ]
    assert len(set(opened)) == 1
    env["recruit.scorecard"].write(opened[:1], {"recommendation": "yes"})
    return opened[0]


@pytest.fixture(scope="module")
def answers(odoo, card):
    """What each device was answered that submits in the same instant."""
    together = Barrier(DEVICES)

    def submit(_device):
        cards = log_in(odoo).env["recruit.scorecard"]
        together.wait(timeout=60)
        return cards.browse(card).action_submit()

    with ThreadPoolExecutor(DEVICES) as pool:
        return list(pool.map(submit, range(DEVICES)))


def test_no_device_is_shown_an_error(answers):
    assert answers == [True] * DEVICES


def test_what_a_device_saves_afterwards_is_refused_in_plain_words(odoo, card, answers):
    cards = log_in(odoo).env["recruit.scorecard"]
    [before] = cards.read([card], ["recommendation", "submitted_at", "state"])
    with pytest.raises(odoorpc.error.RPCError, match="stays as it is"):
        cards.write([card], {"recommendation": "strong_no"})
    [after] = cards.read([card], ["recommendation", "submitted_at", "state"])
    assert after == before
    assert (after["recommendation"], after["state"]) == ("yes", "submitted")
