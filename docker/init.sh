#!/usr/bin/env bash
# Runs in the container before Odoo starts. Safe to run again: -i passes over addons
# that are installed, and a password that somebody chose is left alone.
set -euo pipefail

/entrypoint.sh odoo --no-http --stop-after-init \
    -i recruit_crm,recruit_campaigns,recruit_ats_ext

# No Odoo may go on with the password that every fresh one has.
/entrypoint.sh odoo shell --no-http --log-level=warn <<'PYTHON'
import os

from odoo.exceptions import AccessDenied

admin = env.ref("base.user_admin")
known = {"type": "password", "password": "admin"}
try:
    admin.with_user(admin)._check_credentials(known, {"interactive": False})
except AccessDenied:
    known = None
if known:
    admin.password = os.environ["ODOO_ADMIN_PASSWORD"]
    env.cr.commit()
PYTHON
