from . import (
    controllers,
    hygiene,
    identity,
    matching,
    models,
    privacy,
    report,
    segment,
    sheet,
    skills,
    wizards,
)
from .hooks import post_init_hook, uninstall_hook
