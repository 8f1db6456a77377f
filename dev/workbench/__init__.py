"""The workbench behind `./recruit`: Odoo, PostgreSQL, mail and checks."""
