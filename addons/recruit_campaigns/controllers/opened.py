import base64

from odoo import http
from odoo.http import request

# One transparent pixel.
PIXEL = base64.b64decode("R0lGODlhAQABAIAAANvf7wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


class Opened(http.Controller):
    """The pixel at the end of campaign messages."""

    @http.route(
        "/recruit/open/<string:token>",
        type="http",
        auth="public",
        sitemap=False,
        readonly=False,
    )
    def opened(self, token):
        """Keep that the picture was loaded, and show nothing, whatever the token."""
        # sudo: visitors have no rights; the token is the right to this one delivery
        delivery = (
            request.env["recruit.campaign.delivery"].sudo()._from_token("open", token)
        )
        if delivery:
            delivery._on_visit("opened", request.httprequest)
        return request.make_response(
            PIXEL,
            headers=[("Content-Type", "image/gif"), ("Cache-Control", "no-store")],
        )
