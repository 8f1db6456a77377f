"""The states of a delivery and every way from one to another.

::

    planned --> claimed --> in_flight --> accepted --> sent
       ^          |             |-------> retry      (the relay said 4xx)
       |          |             |-------> failed     (5xx, or 4xx for too long)
     retry <------+             '-------> uncertain  (no answer; the worker died)
                                              |----> sent (evidence, or a day passed)
                                              '----> planned (a person said: again)

`planned` waits for its time, `retry` waits for another try. `claimed` belongs to a
worker that has not sent the final dot. `in_flight` is committed just before the final
dot, so a row that is not in flight was never accepted by the relay. `accepted` is
committed as soon as the relay has said so; a batch of them becomes `sent` together with
all that follows: statistics, the message in the chatter, the next step. `skipped` was
stopped before the dot. A final state is never left, but for `failed` and `skipped`,
which a person may plan anew.

A step that is no message stays `planned` while the person waits at it, and ends in one
transaction: `done`, `skipped` or `failed`.
"""

PLANNED = "planned"
CLAIMED = "claimed"
IN_FLIGHT = "in_flight"
ACCEPTED = "accepted"
RETRY = "retry"
UNCERTAIN = "uncertain"
SENT = "sent"
DONE = "done"
FAILED = "failed"
SKIPPED = "skipped"

DUE = (PLANNED, RETRY)
HELD_BY_A_WORKER = (CLAIMED, IN_FLIGHT, ACCEPTED)
STOPPABLE = (PLANNED, CLAIMED, RETRY)
FINAL = (SENT, DONE, FAILED, SKIPPED)

# target -> the states from which it may be reached
TRANSITIONS = {
    PLANNED: (CLAIMED, UNCERTAIN, FAILED, SKIPPED),
    # from `in_flight` only by the worker itself, which knows that it sent no dot
    CLAIMED: (*DUE, IN_FLIGHT),
    IN_FLIGHT: (CLAIMED,),
    # a worker that was taken for dead may still get the answer
    ACCEPTED: (IN_FLIGHT, UNCERTAIN),
    RETRY: (CLAIMED, IN_FLIGHT, UNCERTAIN),
    UNCERTAIN: (IN_FLIGHT,),
    SENT: (IN_FLIGHT, ACCEPTED, UNCERTAIN),
    FAILED: (CLAIMED, IN_FLIGHT, UNCERTAIN),
    SKIPPED: STOPPABLE,
}
