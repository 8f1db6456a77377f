"""What follows once a message is accepted, recorded while the next ones are sent."""

from concurrent.futures import ThreadPoolExecutor

from ..engine.failpoint import hit
from .session import Session


class Recorder:
    """Takes step 5 of the protocol for batches of accepted messages.

    It is a fifth of the work, and who sends need not wait for it: that the mail server
    has accepted is committed already. So it has a thread and, from the first batch on,
    a database session of its own. Should it end in the middle, whoever comes next
    records the rows; each is recorded once, whoever comes second.
    """

    def __init__(self, registry, token):
        """:param int token: of the worker that holds the rows"""
        self._registry, self._token = registry, token
        self._thread = ThreadPoolExecutor(1, "recruit_recorder")
        self._batch = self._session = None

    def record(self, sequels, now):
        """Begin with a batch as soon as the one before it is through.

        :param sequels: `Sequel` of each accepted row
        :raises Exception: what went wrong with the batch before
        """
        self._wait()
        self._batch = self._thread.submit(self._record, sequels, now)

    def close(self):
        """Wait for the last batch, and end.

        :raises Exception: what went wrong with it
        """
        self._thread.shutdown()
        if self._session:
            self._session.close()
        self._wait()

    def _wait(self):
        if self._batch:
            self._batch.result()

    def _record(self, sequels, now):
        hit("before_record")
        if not self._session:
            self._session = Session(self._registry)
        deliveries = self._session.deliveries
        self._session.commit_again(
            lambda: deliveries._record_accepted(self._token, sequels, now)
        )
        hit("after_record")
