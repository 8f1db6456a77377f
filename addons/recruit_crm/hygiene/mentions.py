"""Which words of a vocabulary a text mentions: skills in a CV."""

import re

_WORD = re.compile(r"[\w+#.]*[\w+#]")  # C++, C#, Node.js are words
LONGEST = 6  # words of one name


def mentioned(text, names):
    """Return the names that a text holds as whole words, in their own spelling.

    >>> sorted(mentioned("10 years of Java, c++ and machine learning",
    ...                  ["JavaScript", "Java", "C++", "Machine Learning"]))
    ['C++', 'Java', 'Machine Learning']

    :param str text: of any length; read once
    :param names: iterable of names, e.g. of skills
    """
    wanted = {tuple(_words(name)): name for name in names}
    longest = min(max(map(len, wanted), default=0), LONGEST)
    words = _words(text)
    found = set()
    for start in range(len(words)):
        for length in range(1, longest + 1):
            name = wanted.get(tuple(words[start : start + length]))
            if name:
                found.add(name)
    return found


def _words(text):
    return _WORD.findall((text or "").casefold())
