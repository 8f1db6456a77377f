"""Several conversations with mail servers at once, a letter in each."""

import math
from collections.abc import Callable
from typing import NamedTuple

from .message import Letter, with_sender
from .smtp import Conversation, listen


class Line(NamedTuple):
    """An open connection for the letters of one sender.

    :param mail_from: the envelope's sender
    :param header_from: the header From; a relay may want another than the author
    """

    conversation: Conversation
    mail_from: str
    header_from: str


class Lane:
    """One place for a letter on its way; its connection outlives the letter."""

    def __init__(self, connect: Callable[[Letter], Line]):
        self._connect = connect
        self.sender = self.letter = self._line = None
        self._is_used = False

    @property
    def conversation(self) -> Conversation | None:
        return self._line and self._line.conversation

    @property
    def is_free(self) -> bool:
        """Whether a letter may be offered, once the line is open."""
        return not self.letter and (not self._line or not self.conversation.is_waiting)

    def offer(self, letter: Letter) -> None:
        """Begin a letter, over the connection at hand where it is the sender's."""
        self._is_used = bool(
            self._line
            and self.conversation.is_idle
            and self.sender == letter.author_from
        )
        if not self._is_used:
            self.quit()
            self._line, self.sender = self._connect(letter), letter.author_from
        self.letter = letter
        self.conversation.offer(
            self._line.mail_from,
            letter.envelope_to,
            with_sender(self._line.header_from, letter.lines),
        )

    def again(self) -> None:
        """Offer the letter once more, over a new connection."""
        self.offer(self.release())

    @property
    def was_left(self) -> bool:
        """Whether the server had ended a used conversation before this letter.

        It may do so between two messages; that is no answer to the next one.
        """
        answer = self.conversation.answer
        return bool(
            self._is_used
            and answer
            and answer.verb == "MAIL"
            and not self.conversation.is_open
        )

    def release(self) -> Letter:
        """The letter has come to its end; the lane is free for the next one."""
        letter, self.letter = self.letter, None
        return letter

    def quit(self) -> None:
        if self._line:
            self.conversation.quit()
        self._line = None


class Lanes:
    """All lanes of a worker.

    :param connect: opens a line for the sender of a letter
    """

    def __init__(self, count: int, connect: Callable[[Letter], Line]):
        self._lanes = [Lane(connect) for _number in range(count)]

    @property
    def are_empty(self) -> bool:
        return not any(lane.letter for lane in self._lanes)

    def free(self, letter: Letter) -> Lane | None:
        """A lane for the letter: one of its sender where there is one."""
        free = [lane for lane in self._lanes if lane.is_free]
        return next(
            (lane for lane in free if lane.sender == letter.author_from),
            free[0] if free else None,
        )

    def drop(self, letter: Letter) -> None:
        """Leave a letter without its dot, wherever it is."""
        for lane in self._lanes:
            if lane.letter is letter:
                lane.release()
                lane.quit()

    def wait(self, seconds: float = math.inf) -> list[Lane]:
        """The lanes whose letter came to something: it is offered, or answered."""
        ready = self._ready()
        if not ready:
            listen((lane.conversation for lane in self._open()), min(seconds, 3600))
            ready = self._ready()
        return ready

    def quit(self) -> None:
        for lane in self._lanes:
            lane.quit()

    def _open(self):
        return [lane for lane in self._lanes if lane.conversation]

    def _ready(self):
        return [
            lane
            for lane in self._lanes
            if lane.letter
            and (lane.conversation.answer or lane.conversation.is_offered)
        ]
