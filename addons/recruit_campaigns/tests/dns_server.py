"""A DNS server of this machine for tests: it answers TXT questions from a table."""

import errno
import socketserver
import struct
import threading


class _Zone:
    """What both servers share: the table, and how to answer."""

    def __init__(self, records):
        self.records = records  # name -> texts; None: the server fails
        self.asked = []

    def answer(self, query, most=None):
        end = 12
        labels = []
        while size := query[end]:
            labels.append(query[end + 1 : end + 1 + size].decode())
            end += size + 1
        name = ".".join(labels).lower()
        self.asked.append(name)
        texts = self.records.get(name, ())
        code = 2 if texts is None else 0 if texts else 3
        question = query[12 : end + 5]
        body = b"".join(map(self._record, texts or ()))
        flags = 0x8180 | code
        count = len(texts or ())
        if most and len(question) + 12 + len(body) > most:
            flags, body, count = flags | 0x0200, b"", 0
        return query[:2] + struct.pack(">5H", flags, 1, count, 0, 0) + question + body

    def _record(self, text):
        data = text.encode()
        parts = [data[start : start + 255] for start in range(0, len(data), 255)]
        data = b"".join(bytes([len(part)]) + part for part in parts or [b""])
        return b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 60, len(data)) + data


class _Udp(socketserver.BaseRequestHandler):
    def handle(self):
        data, connection = self.request
        connection.sendto(self.server.zone.answer(data, 1232), self.client_address)


class _Tcp(socketserver.StreamRequestHandler):
    def handle(self):
        [size] = struct.unpack(">H", self.rfile.read(2))
        answer = self.server.zone.answer(self.rfile.read(size))
        self.wfile.write(struct.pack(">H", len(answer)) + answer)


class DnsServer:
    """Listens on a free port of this machine, over UDP and TCP, while it is entered."""

    def __init__(self, records):
        self.zone = _Zone(records)
        self.servers = ()

    def __enter__(self):
        self.servers = self._listen()
        for server in self.servers:
            server.zone = self.zone
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def _listen(self):
        """Both servers on one port: that it is free over UDP says nothing of TCP, where
        any connection of the machine may hold it."""
        while True:
            udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), _Udp)
            try:
                return udp, socketserver.ThreadingTCPServer(udp.server_address, _Tcp)
            except OSError as error:
                udp.server_close()
                if error.errno != errno.EADDRINUSE:
                    raise

    @property
    def address(self):
        return self.servers[0].server_address
