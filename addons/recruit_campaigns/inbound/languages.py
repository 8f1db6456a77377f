"""All languages in which notes of absence are read."""

from .languages_east import EAST
from .languages_west import WEST

LANGUAGES = WEST + EAST
