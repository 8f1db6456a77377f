"""A client of a served Odoo, as an integration has one."""

import odoorpc

from dev.workbench import daily

SECONDS = 300  # for an answer: several clients may wait for one another


def log_in(odoo) -> odoorpc.ODOO:
    """Log in to a server of the fixtures as the administrator."""
    port = int(odoo.url.rsplit(":", 1)[1])
    client = odoorpc.ODOO("127.0.0.1", port=port, timeout=SECONDS)
    client.login(odoo.database, daily.LOGIN, daily.LOGIN)
    return client
