"""A mail catcher: an SMTP server on loopback that stores what it is given.

`python -m dev.workbench.maildrop FOLDER PORT` runs it until it is ended; the tests
start it inside their own process.
"""

import email
import email.policy
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller


class MailDrop:
    """Stores each message as NNNNNN.eml in `folder`, in the order of arrival."""

    def __init__(self, folder: Path, port: int = 0):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._arrived = threading.Condition()
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server, _session, envelope):
        recipients = ", ".join(envelope.rcpt_tos)
        head = (
            f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n"
        )
        with self._arrived:
            number = len(list(self.folder.glob("*.eml"))) + 1
            part = self.folder / f"{number:06d}.part"
            part.write_bytes(head.encode() + envelope.content)
            part.rename(part.with_suffix(".eml"))  # a reader never sees half a mail
            self._arrived.notify_all()
        return "250 2.0.0 stored"

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until as many messages have arrived; False: they have not."""
        with self._arrived:
            return self._arrived.wait_for(
                lambda: len(list(self.folder.glob("*.eml"))) >= count, seconds
            )

    def messages(self) -> list[email.message.EmailMessage]:
        """What has arrived so far, oldest first."""
        return [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in sorted(self.folder.glob("*.eml"))
        ]

    @property
    def port(self) -> int:
        return self._controller.server.sockets[0].getsockname()[1]

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_error):
        self._controller.stop(no_assert=True)


class _AnyPort(Controller):
    """A controller that also takes port 0, which means any free port."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def main():
    folder, port = sys.argv[1:]
    with MailDrop(Path(folder), int(port)):
        threading.Event().wait()


if __name__ == "__main__":
    main()
