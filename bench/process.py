"""Odoo in a plain Python process: a registry without a server, crons or a shell."""

import threading
from contextlib import contextmanager

from odoo import api
from odoo.modules.registry import Registry
from odoo.tools import config


def load(config_file: str, database: str, *options: str) -> Registry:
    """Load the registry of a database, with `options` of Odoo's command line."""
    # Deprecation warnings of old libraries are not ours to mend.
    quiet = ["--log-level=warn", "--log-handler=py.warnings:ERROR"]
    words = ["-c", config_file, "-d", database, *quiet, *options]
    config.parse_config(words, setup_logging=True)
    threading.current_thread().dbname = database  # what Odoo's log lines name
    return Registry(database)


@contextmanager
def environment(registry: Registry, uid: int = api.SUPERUSER_ID):
    """An environment in a transaction of its own, committed at the end."""
    with registry.cursor() as cr:
        yield api.Environment(cr, uid, {})
