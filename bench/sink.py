"""A mail server that keeps no mail: it notes what it accepts, at the final dot.

Its log is the judge of the crash harness and of the benchmark of sending: a line for
each accepted message, written before the client hears that it was accepted.
`python -m bench.sink LOG DELAYS` runs it until its standard input ends.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.smtp import SMTP

_HEADER = re.compile(rb"^(Message-ID|Subject): *(.*)$", re.IGNORECASE | re.MULTILINE)
_POLL_SECONDS = 0.002


class Accepted(NamedTuple):
    """One message that the server has accepted; `recipient` is of the envelope."""

    message_id: str
    recipient: str
    subject: str


class Sink:
    """The server in a process of its own; a context manager.

    :param log: a file that is begun anew
    :param delays: seconds from the final dot to the answer, one drawn for each message
    """

    def __init__(self, log: Path, delays: tuple[float, ...] = (0.0,)):
        self.log, self._delays = log, delays
        self._read = 0

    def __enter__(self):
        self.log.write_bytes(b"")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.sink", self.log, *map(str, self._delays)],
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
        return [Accepted(*line.split("\t")) for line in text.splitlines()]

    def size(self) -> int:
        """A mark that grows with each accepted message."""
        return self.log.stat().st_size

    def wait(self, size: int, seconds: float) -> bool:
        """Wait until more was accepted than at the mark `size`; False: nothing was."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.size() > size:
                return True
            time.sleep(_POLL_SECONDS)  # another process writes: nothing to wait on
        return False


class _Note:
    """aiosmtpd calls `handle_DATA` once the final dot has arrived."""

    def __init__(self, log: str, delays: list[float]):
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND)
        self._delays = delays

    async def handle_DATA(self, _server, _session, envelope):
        head = envelope.content.partition(b"\r\n\r\n")[0]
        found = {name.lower(): value.strip() for name, value in _HEADER.findall(head)}
        fields = (
            found.get(b"message-id", b"").decode(),
            envelope.rcpt_tos[0],
            found.get(b"subject", b"").decode(),
        )
        os.write(self._log, ("\t".join(fields) + "\n").encode())
        if delay := random.choice(self._delays):
            await asyncio.sleep(delay)
        return "250 2.0.0 accepted"


async def _serve(log: str, delays: list[float]):
    loop = asyncio.get_running_loop()
    note = _Note(log, delays)
    server = await loop.create_server(
        lambda: SMTP(note, hostname="sink", loop=loop), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], [float(word) for word in sys.argv[2:]]))
