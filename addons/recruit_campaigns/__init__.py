from . import controllers, models, privacy, wizards
