from . import identity, models, segment, sheet, wizards
from .hooks import post_init_hook, uninstall_hook
