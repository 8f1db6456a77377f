"""Who followed a link or loaded a picture: a person, a machine, or nobody can tell.

Scanners of mail gateways follow every link before the person sees the message, mail
programs load every picture. The rules look at one request (`signs`) and at all requests
to a message together (`judge`); no address of anybody is needed or kept.
"""

from .judge import Judgement, Visit, judge
from .network import network_of
from .signs import is_conclusive, request_signs

__all__ = [
    "Judgement",
    "Visit",
    "is_conclusive",
    "judge",
    "network_of",
    "request_signs",
]
