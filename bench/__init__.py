"""What is measured against native Odoo: each module is one benchmark."""
