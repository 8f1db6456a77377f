from . import medal
from . import models
from . import segment
from . import wizards
