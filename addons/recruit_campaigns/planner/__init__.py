"""What is due for whom, what is held and why: the one planner. No ORM.

The sender asks it for each message that it is about to send, the forecast for each
message of the days to come; so the one does what the other has shown. Moments are
naive UTC. Everything is a function of its arguments; `now` is one of them.

* ``rules``: what a campaign asks for;
* ``ledger``: what was sent and what waits, of senders, domains and people;
* ``decide``: send now, hold until, or skip, each for a reason;
* ``walk``: the same for days ahead, step after step;
* ``capacity``: how long many messages take at the least.
"""

from . import capacity, decide, ledger, rules, walk

__all__ = ["capacity", "decide", "ledger", "rules", "walk"]
