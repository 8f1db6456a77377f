"""The mail server of `bench.sink` on a bad day: it says "later" at any verb, breaks
connections off at a random byte, and forgets to answer a message that it has taken.

`python -m tests.crash.bad_relay LOG PACE DELAYS`, as `bench.sink`.
"""

import asyncio
import random
import sys

from bench.sink import Session, serve

LATER = (b"421 4.3.2", b"450 4.2.0", b"451 4.7.1", b"452 4.3.1")
REFUSES = 0.03  # of the verbs
LONGEST = 60_000  # bytes that a connection lives, at most
FORGETS = 0.01  # of the messages


class BadSession(Session):
    """What it logs it has taken; whatever it says or does not say."""

    def connection_made(self, transport):
        self._left = random.randrange(LONGEST)
        self._refused = False
        super().connection_made(transport)

    def data_received(self, data):
        super().data_received(data[: self._left])
        self._left -= len(data)
        if self._left <= 0:
            self._transport.abort()

    def _answer(self, line):
        verb = line[:4].upper()
        if verb in (b"MAIL", b"RSET", b"EHLO"):
            self._refused = False
        if self._refused:
            self._say(b"503 5.5.1 not now\r\n")
        elif verb != b"QUIT" and random.random() < REFUSES:
            self._refuse()
        else:
            super()._answer(line)

    def _take(self, message):
        if random.random() < REFUSES:
            self._in_data = False
            self._refuse()
        else:
            super()._take(message)
            if random.random() < FORGETS:
                self._transport.abort()

    def _refuse(self):
        self._refused = True
        code = random.choice(LATER)
        self._say(code + b" later\r\n")
        if code.startswith(b"421"):
            self._transport.close()


if __name__ == "__main__":
    _pace, *_delays = map(float, sys.argv[2:])
    asyncio.run(serve(sys.argv[1], _pace, _delays, BadSession))
