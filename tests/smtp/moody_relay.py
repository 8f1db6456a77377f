"""A mail server that treats each recipient as the name before the @ says."""

import email
import email.policy
from collections import Counter

from aiosmtpd.controller import Controller

from dev.workbench import server

# Answers to the recipient and to the final dot, once; then the mail is taken.
MOODS = {
    "rcpt-later": ("451 4.7.1 greylisted, come again", None),
    "rcpt-never": ("550 5.1.1 no such user", None),
    "dot-later": (None, "452 4.3.1 disk full"),
    "dot-never": (None, "554 5.7.1 this is spam"),
    "dot-silent": (None, "hang up"),
    "rcpt-hangs-up": ("hang up", None),
}


class MoodyRelay:
    """`accepted` counts the mails of each recipient, `mails` holds the last one."""

    def __init__(self):
        self.accepted, self.mails, self._seen = Counter(), {}, Counter()
        self.port = server.free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(self, smtp, _session, envelope, address, _options):
        self._seen[address] += 1
        answer = self._mood(address)[0]
        if answer == "hang up":
            smtp.transport.abort()
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 2.1.5 fine"

    async def handle_DATA(self, smtp, _session, envelope):
        (address,) = envelope.rcpt_tos
        answer = self._mood(address)[1]
        if answer == "hang up":
            self._take(address, envelope)  # it is stored; only the answer is missing
            smtp.transport.abort()
        elif not answer:
            self._take(address, envelope)
        return answer or "250 2.0.0 queued"

    def _take(self, address, envelope):
        self.accepted[address] += 1
        self.mails[address] = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )

    def _mood(self, address: str) -> tuple[str | None, str | None]:
        first = self._seen[address] == 1
        return MOODS.get(address.split("@")[0], (None, None)) if first else (None, None)

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_error):
        self._controller.stop(no_assert=True)
