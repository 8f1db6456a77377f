from . import controllers, models, privacy
