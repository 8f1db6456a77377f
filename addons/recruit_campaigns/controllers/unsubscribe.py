from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.recruit_crm.controllers.token_page import HEADERS, token_page


class Unsubscribe(http.Controller):
    """Unsubscribe from recruiting mail: by a button, or by one click (RFC 8058)."""

    @token_page("/recruit/unsubscribe/<string:token>", "GET")
    def ask(self, token):
        """Ask for the click. It never acts: scanners follow every link of a message."""
        return self._page(self._delivery(token))

    @token_page("/recruit/unsubscribe/<string:token>", "POST")
    def act(self, token, scope="all", **_form):
        """Unsubscribe, whatever is posted; twice is as good as once. No redirect.

        :param scope: campaign or topic for one of them; anything else is all
        """
        delivery = self._delivery(token)
        if request.httprequest.method != "POST":  # Odoo lets OPTIONS in, too
            return self._page(delivery)
        person, campaign = delivery.candidate_id, delivery.campaign_id
        if scope == "campaign":
            person._decline(campaign=campaign, how="link")
        elif scope == "topic" and campaign.topic_id:
            person._decline(topic=campaign.topic_id, how="link")
        else:
            scope = "all"
            person._opt_out(delivery)
        return self._page(delivery, scope)

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

    def _page(self, delivery, done=""):
        candidate = delivery.candidate_id._survivors()
        company = delivery.company_id or request.env.company
        page = request.render(
            "recruit_campaigns.unsubscribe_page",
            {
                "email": candidate.email,
                "company_name": company.sudo().name,
                "done": "all" if candidate.recruiting_opt_out else done,
                "topic": delivery.campaign_id.topic_id.name,
                "preferences_url": delivery._path("preferences"),
            },
        )
        page.headers.update(HEADERS)
        return page
