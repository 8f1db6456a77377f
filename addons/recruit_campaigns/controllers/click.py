from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class Click(http.Controller):
    """Tracked links of campaign messages."""

    @http.route(
        "/recruit/click/<string:code>/<string:token>",
        type="http",
        auth="public",
        sitemap=False,
        readonly=False,
    )
    def click(self, code, token):
        """Keep the visit and lead to the page behind the link.

        Whether a person was there is judged a minute later, together with what else
        came in that minute.

        :param code: of the link.tracker; the address of the page comes from there only
        :param token: of the delivery, signed for this code; "-" stands in the copy
            that is kept in the chatter: it leads on and records nothing
        :return: 302 with the UTM parameters of the campaign; 404 for any other token
        """
        # sudo: visitors have no rights; the token is the right to this one delivery
        tracker_code = (
            request.env["link.tracker.code"].sudo().search([("code", "=", code)])
        )
        delivery = (
            request.env["recruit.campaign.delivery"]
            .sudo()
            ._from_token(f"click:{code}", token)
        )
        tracker = tracker_code.link_id
        if not tracker or not (delivery or token == "-"):
            raise NotFound()
        if delivery:
            delivery._on_visit("clicked", request.httprequest, tracker)
        response = request.redirect(tracker.redirected_url, code=302, local=False)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
