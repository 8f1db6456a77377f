"""What a campaign can do at a step: an open registry of kinds.

Another addon adds a kind with one class, in a module that its ``__init__`` imports::

    @register
    class Postcard(StepKind):
        name = "postcard"
        icon = "fa-envelope"

        def label(self, env):
            return env._("Postcard")

        def say(self, step):
            return step.env._("Ask the office for a postcard")

        def take(self, step, rows, now):
            ...
            return dict.fromkeys(rows, done(step.env._("A postcard is on its way.")))

What a kind asks of whoever writes the step are fields of recruit.campaign.step, named
in `uses` and put on the form of the step. docs/campaigns.md tells more.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..engine import states

REGISTRY = {}
MAIL, END = "mail", "end"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Outcome:
    """What became of a step for one person.

    :param str state: done or skipped: the person goes on; failed: the person leaves;
        planned: the person waits here until `until` (naive UTC), or until something
        makes the row due before
    :param str sentence: why, for who looks at the outbox
    :param str branch: which way the person goes on
    """

    state: str
    sentence: str
    branch: str = YES
    until: datetime | None = None


def done(sentence, branch=YES):
    """The step was taken, and the person goes on."""
    return Outcome(states.DONE, sentence, branch)


def skipped(sentence):
    """There was nothing that could be done; the person goes on all the same."""
    return Outcome(states.SKIPPED, sentence)


def waits(until, sentence):
    """The person stays at the step, at the longest until then (naive UTC)."""
    return Outcome(states.PLANNED, sentence, until=until)


class Kind(ABC):
    """What is shown of a kind of step and copied with it. It has no state of its own:
    all it knows is in the rows."""

    name = ""
    icon = ""
    # The fields of the step that say what is to be done; the others are not copied.
    uses = ()
    # Whether it chooses between the steps for 'yes' and for 'no'.
    branches = False

    @abstractmethod
    def label(self, env):
        """Return what the kind is called."""

    @abstractmethod
    def say(self, step):
        """Return in a few words what this step does, for its card."""

    def problems(self, _step):
        """Return what is missing before the campaign can start, as sentences."""
        return []

    def longest_stay(self, _step):
        """Return how long somebody may wait at the step, as a timedelta."""
        return timedelta(0)

    def stays_until(self, _step):
        """Return the day before which nobody goes on, or None."""
        return

    def says_yes(self, _step, people, _rows):
        """Return those of whom it is known already that they go on at once, by 'yes'.

        :param people: recruit.candidate, inside or about to enter
        :param _rows: recruit.campaign.delivery, one for each person who is inside
        """
        return people.browse()


class StepKind(Kind):
    """A kind of step that the job for steps takes: all but the message."""

    @abstractmethod
    def take(self, step, rows, now):
        """Take the step for some people, in the transaction of the caller.

        Whatever it raises concerns the row for which it raises, and no other: then the
        rows are taken again one by one.

        :param step: recruit.campaign.step
        :param rows: recruit.campaign.delivery, due, locked, of people still inside
        :param datetime now: naive UTC
        :return: ``{row: Outcome}`` for each of them
        """


def register(kind):
    """Make a kind of step known; a class decorator."""
    REGISTRY[kind.name] = kind()
    return kind
