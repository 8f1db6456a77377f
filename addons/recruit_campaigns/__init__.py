from . import controllers, models, privacy, wizards
from .hooks import uninstall_hook
