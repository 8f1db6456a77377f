from . import (
    controllers,
    hygiene,
    identity,
    models,
    privacy,
    report,
    segment,
    sheet,
    skills,
    wizards,
)
from .hooks import post_init_hook, uninstall_hook
