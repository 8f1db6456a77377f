"""Whether this server is going down: workers then begin no other message."""

import threading
import time

from odoo.service.server import CommonServer

# A dot that left is answered in milliseconds by most relays; no shutdown waits longer.
PATIENCE = 10

_stopping = threading.Event()
_working = set()


def is_set() -> bool:
    return _stopping.is_set()


class working:
    """While it lasts the server waits before it ends, so that no fate stays unknown."""

    def __enter__(self):
        _working.add(self)

    def __exit__(self, *_error):
        _working.discard(self)


def _stop():
    _stopping.set()
    deadline = time.monotonic() + PATIENCE
    while _working and time.monotonic() < deadline:
        time.sleep(0.05)  # threads end by themselves; there is nothing to wait on


CommonServer.on_stop(_stop)
