from . import match_history
from . import medal
from . import models
from . import privacy
from . import segment
from . import wizards
