"""A mail server that keeps no mail: it notes what it accepts, at the final dot.

Its log is the judge of the crash harness and of the benchmark of sending: a line for
each accepted message, written before the client hears that it was accepted.
`python -m bench.sink LOG PACE DELAYS` runs it until its standard input ends.
"""

import asyncio
import contextlib
import os
import random
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

_END = b"\r\n.\r\n"
_ANSWERS = {
    b"EHLO": b"250-sink\r\n250-SIZE 33554432\r\n250 PIPELINING\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
_MANY = 65_536  # bytes: as many as a pipe holds
_HEADER = re.compile(rb"^(Message-ID|Subject): *(.*)$", re.IGNORECASE | re.MULTILINE)


class Accepted(NamedTuple):
    """One message that the server has accepted; `recipient` is of the envelope."""

    message_id: str
    recipient: str
    subject: str
    at: float = 0.0  # of this machine's monotonic clock, when the final dot came


class Sink:
    """The server in a process of its own; a context manager.

    :param log: a file that is begun anew
    :param delays: seconds from the final dot to the answer, one drawn for each message
    :param pace: seconds before every answer, on top of that
    :param module: the program; another one may treat its clients worse
    """

    def __init__(
        self,
        log: Path,
        delays: tuple[float, ...] = (0.0,),
        pace: float = 0.0,
        module: str = __name__,
    ):
        self.log, self._numbers, self._module = log, (pace, *delays), module
        self._read = 0

    def __enter__(self):
        self.log.write_bytes(b"")
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module, self.log, *map(str, self._numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_error):
        self._process.communicate()  # the end of its input ends it

    def accepted(self) -> list[Accepted]:
        """Everything accepted since the start, in order."""
        text = self.log.read_text(encoding="utf-8")
        return [_read(line) for line in text.splitlines()]

    def size(self) -> int:
        """A mark that grows with each accepted message."""
        return self.log.stat().st_size

    def wait(self, size: int, seconds: float) -> bool:
        """Wait until more was accepted than at the mark `size`; False: nothing was."""
        deadline, output = time.monotonic() + seconds, self._process.stdout
        while self.size() <= size:
            left = max(0, deadline - time.monotonic())
            if not select.select([output], [], [], left)[0]:
                return False
            if not os.read(output.fileno(), _MANY):
                raise RuntimeError("The mail server has ended")
        return True


def _read(line: str) -> Accepted:
    *fields, at = line.split("\t")
    return Accepted(*fields, float(at))


class Session(asyncio.Protocol):
    """One client. It does as little as SMTP allows: the sender is measured."""

    def __init__(self, log: int, delays: list[float], pace: float):
        self._log, self._delays, self._pace = log, delays, pace
        self._heard, self._in_data = bytearray(), False
        self._recipient, self._last = "", 0.0

    def connection_made(self, transport):
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._say(b"220 sink\r\n")

    def data_received(self, data):
        searched = max(0, len(self._heard) - len(_END))
        self._heard += data
        while True:
            end = _END if self._in_data else b"\r\n"
            at = self._heard.find(end, searched)
            if at < 0:
                return
            line = bytes(self._heard[:at])
            del self._heard[: at + len(end)]
            searched = 0
            if self._in_data:
                self._take(line)
            else:
                self._answer(line)

    def _answer(self, line):
        verb = line[:4].upper()
        if verb == b"RCPT":
            self._recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        self._in_data = verb == b"DATA"
        self._say(_ANSWERS.get(verb, b"250 fine\r\n"))
        if verb == b"QUIT":
            self._loop.call_at(self._last, self._transport.close)

    def _take(self, message):
        """The final dot: the message is stored, and then the answer is sent."""
        self._in_data = False
        head = message.partition(b"\r\n\r\n")[0]
        found = {name.lower(): value.strip() for name, value in _HEADER.findall(head)}
        fields = (
            found.get(b"message-id", b"").decode(),
            self._recipient,
            found.get(b"subject", b"").decode(),
            str(time.monotonic()),
        )
        os.write(self._log, ("\t".join(fields) + "\n").encode())
        _tell()
        self._say(b"250 2.0.0 accepted\r\n", random.choice(self._delays))

    def _say(self, answer, delay=0.0):
        """One answer after another, each after its time."""
        wait = self._pace + delay
        self._last = max(self._loop.time(), self._last) + wait
        if wait:
            self._loop.call_at(self._last, self._transport.write, answer)
        else:
            self._transport.write(answer)


def _tell():
    """Wake up a parent that waits, with a byte. A full pipe wakes it up as well."""
    with contextlib.suppress(BlockingIOError):
        os.write(sys.stdout.fileno(), b".")


async def serve(log: str, pace: float, delays: list[float], session=Session):
    """Serve until the standard input ends; the port is the first line of output."""
    loop = asyncio.get_running_loop()
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    server = await loop.create_server(
        lambda: session(handle, delays, pace), "127.0.0.1", 0, backlog=128
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    os.set_blocking(sys.stdout.fileno(), False)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    _pace, *_delays = map(float, sys.argv[2:])
    asyncio.run(serve(sys.argv[1], _pace, _delays))
