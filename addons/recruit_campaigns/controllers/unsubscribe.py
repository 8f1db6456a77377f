from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class Unsubscribe(http.Controller):
    """Unsubscribe from recruiting mail: by a button, or by one click (RFC 8058)."""

    @http.route(
        "/recruit/unsubscribe/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def ask(self, token):
        """Ask for the click. It never acts: scanners follow every link of a message."""
        return self._page(self._delivery(token))

    @http.route(
        "/recruit/unsubscribe/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        multilang=False,
        sitemap=False,
        csrf=False,  # mail programs post here; the token is the proof
    )
    def act(self, token, **_form):
        """Unsubscribe, whatever is posted; twice is as good as once. No redirect."""
        delivery = self._delivery(token)
        delivery.candidate_id._opt_out(delivery)
        return self._page(delivery)

    def _delivery(self, token):
        # sudo: visitors have no rights; the token is the right to this one delivery
        delivery = (
            request.env["recruit.campaign.delivery"]
            .sudo()
            ._from_token("unsubscribe", token)
        )
        if not delivery:
            raise NotFound()
        return delivery

    def _page(self, delivery):
        candidate = delivery.candidate_id
        company = delivery.company_id or request.env.company
        return request.render(
            "recruit_campaigns.unsubscribe_page",
            {
                "email": candidate.email,
                "company_name": company.sudo().name,
                "is_done": candidate.recruiting_opt_out,
            },
        )
