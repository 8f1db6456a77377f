"""Who may be the same person, and why. Plain values in and out, no ORM.

Nothing here decides: two people who are *like* each other become a suggestion, and a
recruiter says whether they are one. Compare identity/normalize.py, which is exact.
"""

import re
import unicodedata
from typing import NamedTuple

SAME_PHONE = "phone"
NAME_AND_EMPLOYER = "name_employer"
NAME_AND_PLACE = "name_place"
SAME_CONTACT = "contact"

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "phd",
        "mba",
        "msc",
        "bsc",
        "jr",
        "sr",
        "ing",
        "dipl",
    ]
)
# A person is called by either word; the first one stands for all of them.
_SHORT_NAMES = (
    "alexander alex aleksander alexandre sasha",
    "alexandra sandra alexa",
    "andrew andy drew andrei andreas",
    "anthony tony antonio",
    "benjamin ben benny",
    "catherine cathy kate katie katherine katharina kathrin katrin",
    "charles charlie chuck karl carl",
    "christina tina christine kristina kirsten",
    "christopher chris christof christoph",
    "daniel dan danny",
    "david dave",
    "edward ed eddie eddy ted",
    "elizabeth liz lizzy beth betty elisabeth",
    "francis frank francisco franz",
    "frederick fred freddy friedrich frederic",
    "gregory greg",
    "james jim jimmy jamie",
    "jennifer jen jenny",
    "john jon jack johnny johannes johann juan",
    "jonathan jonny",
    "joseph joe josef jose",
    "margaret maggie meg peggy margarete",
    "matthew matt matthias matteo",
    "michael mike mick michel mikhail",
    "nicholas nick nicolas nikolas nico",
    "patricia pat patty",
    "peter pete petr pedro pierre",
    "philip phil philipp phillip",
    "richard rick dick ricky",
    "robert rob bob bobby roberto",
    "samuel sam sammy",
    "stephen steve steven stefan stephan",
    "susan sue susanne suzanne",
    "thomas tom tommy",
    "timothy tim",
    "victoria vicky",
    "vincent vince",
    "william bill billy will willy wilhelm",
    "zachary zach zack",
)
_CALLED = {
    word: names.split()[0] for names in _SHORT_NAMES for word in names.split()[1:]
}
_AT = re.compile(r".*(?:\bat\b|@|\bbei\b|\bchez\b)\s*(.+)", re.IGNORECASE | re.DOTALL)
_LEGAL_FORMS = frozenset(
    [
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "ag",
        "se",
        "sa",
        "sas",
        "bv",
        "nv",
        "plc",
        "co",
        "corp",
    ]
)
_VOWEL_PAIRS = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l"})


class Person(NamedTuple):
    """What is compared of a candidate. Keys are normal forms, ``""`` when unknown."""

    phones: frozenset = frozenset()
    name: str = ""
    employer: str = ""
    place: str = ""
    contact: int | None = None


def fold(text):
    """Return the words of a text without case, accents and punctuation.

    >>> fold("Müller-Lüdenscheidt, Zoë")
    ['muller', 'ludenscheidt', 'zoe']
    """
    plain = unicodedata.normalize(
        "NFKD", (text or "").casefold().translate(_VOWEL_PAIRS)
    )
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", letters.replace("'", "").replace("’", ""))


def name_key(name):
    """Return what like names have in common; ``""`` when that is fewer than two words.

    Order, case, accents, titles, middle initials and short forms do not count.

    >>> name_key("Dr. Eddy J. Müller") == name_key("MUELLER, Edward")
    True
    """
    words = [
        _CALLED.get(word, _umlaut(word))
        for word in fold(name)
        if len(word) > 1 and word not in _TITLES
    ]
    return " ".join(sorted(set(words))) if len(words) > 1 else ""


def employer_key(headline, employer=None):
    """Return the normal form of the employer, else of that in the headline.

    >>> employer_key("Data engineer at Acme Inc.") == employer_key("", "ACME")
    True
    """
    found = _AT.fullmatch(headline or "")
    words = fold(employer or (found[1] if found else ""))
    return " ".join(word for word in words if word not in _LEGAL_FORMS)


def place_key(city):
    """Return the normal form of a city."""
    return " ".join(_umlaut(word) for word in fold(city))


def reasons(one, other):
    """Return why two people may be one, the strongest reason first, or ``()``.

    :param Person one: a person
    :param Person other: another one
    """
    found = []
    if one.phones & other.phones:
        found.append(SAME_PHONE)
    if one.contact and one.contact == other.contact:
        found.append(SAME_CONTACT)
    if one.name and one.name == other.name:
        if one.employer and one.employer == other.employer:
            found.append(NAME_AND_EMPLOYER)
        if one.place and one.place == other.place:
            found.append(NAME_AND_PLACE)
    return tuple(found)


def groups(pairs):
    """Return the people of each group that the pairs connect, as sorted lists.

    A like B and B like C put A, B and C in one group.

    :param pairs: iterable of two ids
    """
    leader = {}

    def lead(one):
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for one, other in pairs:
        first, second = sorted((lead(one), lead(other)))
        leader[second] = first
    found = {}
    for one in sorted(leader):
        found.setdefault(lead(one), []).append(one)
    return list(found.values())


def _umlaut(word):
    """Write ``mueller`` as ``muller``: what a keyboard without umlauts makes of it."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
