"""The words of absence and of machines that a language has: data, no rules.

All words are folded (`text.folded`): lower case, straight apostrophes. To add a
language is to add one entry. `subjects` are what programs put before the subject that
they answer. `away` says that the writer is absent, `automatic` that no person writes,
`relay` what people add to notes of absence, hardly to a reply: whom to ask meanwhile.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """Regular expressions for phrases; plain words for dates.

    :param until: stands before (or, `until_after`, behind) the last day away
    :param back: stands before (or, `back_after`, behind) the first day back
    :param months: twelve groups of spellings, January first
    :param weekdays: Monday first
    """

    code: str
    subjects: str
    away: str
    automatic: str
    relay: str
    until: str
    back: str
    months: str
    weekdays: str
    tomorrow: str = ""
    until_after: str = ""
    back_after: str = ""
