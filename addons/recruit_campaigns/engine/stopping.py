"""Whether this server is going down: workers then begin no other message."""

import threading

from odoo.service.server import CommonServer

# A dot that left is answered in milliseconds by most relays; no shutdown waits longer.
PATIENCE = 10

_stopping = threading.Event()
_working = set()
_changed = threading.Condition()


def is_set() -> bool:
    return _stopping.is_set()


class working:
    """While it lasts the server waits before it ends, so that no fate stays unknown."""

    def __enter__(self):
        with _changed:
            _working.add(self)

    def __exit__(self, *_error):
        with _changed:
            _working.discard(self)
            _changed.notify_all()


def _stop():
    _stopping.set()
    with _changed:
        _changed.wait_for(lambda: not _working, timeout=PATIENCE)


CommonServer.on_stop(_stop)
