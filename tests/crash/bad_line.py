"""The line to the database on a bad day: it breaks off at a random byte, either way.

`python -m tests.crash.bad_line FOLDER HOST PORT` listens on a socket in a folder, as
PostgreSQL does, and leads to the server at HOST (a folder, or a name), until its
standard input ends.
"""

import asyncio
import os
import random
import subprocess
import sys
from contextlib import suppress

PORT = 5432
LONGEST = 3_000_000  # bytes that a connection lives, at most: some hundred messages
PIECE = 4096


class BadLine:
    """The line to the database of the environment (PGHOST, PGPORT), in a process of
    its own; a context manager.

    :param folder: what clients name as their host
    """

    def __init__(self, folder: str):
        self.folder = folder

    def __enter__(self):
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", __name__, self.folder,
                os.environ.get("PGHOST", "localhost"), os.environ.get("PGPORT", "5432"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self._process.stdout.readline()  # it listens
        return self

    def __exit__(self, *_error):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


async def _serve(folder, host, port):
    async def lead(reader, writer):
        if host.startswith("/"):
            server = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            server = await asyncio.open_connection(host, port)
        ends = (writer, server[1])
        life = iter(range(0, random.randrange(LONGEST), PIECE))
        pumps = [_pump(reader, server[1], life), _pump(server[0], writer, life)]
        await asyncio.wait(
            map(asyncio.ensure_future, pumps), return_when=asyncio.FIRST_COMPLETED
        )
        for end in ends:
            end.transport.abort()

    async with await asyncio.start_unix_server(lead, f"{folder}/.s.PGSQL.{PORT}"):
        print("listening", flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def _pump(reader, writer, life):
    """Pass on what comes, piece by piece, until the line's life or the client's ends:
    of the last piece a part arrives."""
    with suppress(ConnectionError):
        while data := await reader.read(PIECE):
            if next(life, None) is None:
                writer.write(data[: random.randrange(len(data) + 1)])
                await writer.drain()
                return
            writer.write(data)
            await writer.drain()


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
