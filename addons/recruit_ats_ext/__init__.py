from . import medal
from . import models
from . import wizards
