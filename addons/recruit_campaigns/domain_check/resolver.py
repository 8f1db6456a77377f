"""Asks a DNS server for texts: over UDP, and over TCP what does not fit."""

import secrets
import socket
import struct
from collections.abc import Sequence
from pathlib import Path

from . import wire

PORT = 53


class NoAnswerError(Exception):
    """No server answered; nothing is known."""


class Resolver:
    """Looks up TXT records.

    :param servers: pairs of address and port, asked one after another
    :param seconds: to wait for each answer
    """

    def __init__(self, servers: Sequence[tuple[str, int]], seconds: float = 2.0):
        self.servers = servers
        self.seconds = seconds

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records of a name; none where it has none.

        :raises NoAnswerError: where no server gave a usable answer
        """
        for server in self.servers:
            try:
                return self._ask(server, name)
            except (OSError, ValueError):
                continue
        raise NoAnswerError(name)

    def _ask(self, server, name):
        number = secrets.randbelow(1 << 16)
        query = wire.question(number, name)
        family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as udp:
            udp.settimeout(self.seconds)
            udp.connect(server)  # answers of others are dropped
            udp.send(query)
            answer = wire.answer(number, name, udp.recv(wire.UDP_SIZE))
        if answer.is_cut:
            answer = wire.answer(number, name, self._over_tcp(server, query))
        return answer.texts

    def _over_tcp(self, server, query):
        with socket.create_connection(server, self.seconds) as tcp:
            tcp.sendall(struct.pack(">H", len(query)) + query)
            with tcp.makefile("rb") as stream:
                [size] = struct.unpack(">H", stream.read(2))
                return stream.read(size)


def read_servers(setting: str | None, file: str = "/etc/resolv.conf"):
    """The servers to ask: of a setting such as ``9.9.9.9`` or ``127.0.0.1:5353``, else
    those of this machine."""
    if setting:
        host, _colon, port = setting.partition(":")
        return [(host, int(port) if port.isdecimal() else PORT)]
    try:
        lines = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    words = [line.split() for line in lines]
    return [(one[1], PORT) for one in words if len(one) > 1 and one[0] == "nameserver"]
