"""Which channel a contact came through: the first rule that fits says it."""

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """A row of the vocabulary: what must fit, and the channel that it then is.

    An empty condition fits everything. ``*`` in a word stands for any text; case does
    not count.
    """

    kind: str
    source: re.Pattern | None
    medium: re.Pattern | None
    channel_id: int

    def fits(self, kind, source, medium):
        """Tell whether a contact of this kind with these words is meant."""
        return (
            self.kind in ("", kind)
            and _fits(self.source, source)
            and _fits(self.medium, medium)
        )


def _fits(pattern, word):
    return pattern is None or bool(word and pattern.fullmatch(word.strip()))


def compile_word(word):
    """Return the pattern of a word with ``*``, or None for an empty one."""
    if not word or not word.strip():
        return None
    parts = (re.escape(part) for part in re.split(r"\*+", word.strip()))
    return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def find_channel(rules, kind, source, medium):
    """Return the channel id of the first rule that fits, or None.

    :param rules: iterable of :class:`Rule`, the strongest first
    :param str source: the word of that day, or None; ``medium`` alike
    """
    for rule in rules:
        if rule.fits(kind, source, medium):
            return rule.channel_id
    return None
