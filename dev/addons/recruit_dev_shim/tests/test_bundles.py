from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path


@tagged("post_install", "-at_install")
class TestBundles(TransactionCase):
    def test_every_file_of_the_backend_bundle_is_there(self):
        files, _external = self.env["ir.qweb"]._get_asset_content("web.assets_backend")
        self.assertTrue(files)
        for file in files:
            self.assertTrue(Path(file_path(file["url"].lstrip("/"))).is_file())
