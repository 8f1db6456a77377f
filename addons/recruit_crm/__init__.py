from . import (
    controllers,
    hygiene,
    identity,
    models,
    privacy,
    segment,
    sheet,
    skills,
    wizards,
)
from .hooks import post_init_hook, uninstall_hook
