from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.recruit_crm.controllers.token_page import HEADERS, token_page

from ..preferences.wishes import TRAP, read_wishes


class Preferences(http.Controller):
    """The person's preferences behind the link of a message; no login, no JavaScript.

    A forged, an old and a foreign link get one and the same answer, in the same time.
    """

    @token_page("/recruit/preferences/<string:token>", "GET")
    def show(self, token):
        """Show what was chosen. It never acts: scanners follow every link."""
        return self._page(*self._visitor(token))

    @token_page("/recruit/preferences/<string:token>", "POST")
    def act(self, token, act="", **form):
        """Do what a button says: save, stop, resume or delete; twice is as once."""
        person, delivery = self._visitor(token)
        if request.httprequest.method != "POST":  # Odoo lets OPTIONS in, too
            return self._page(person, delivery)
        if form.get(TRAP):
            return self._page(person, delivery, [])
        if act == "save":
            ticked = request.httprequest.form.getlist("topic")
            wishes = read_wishes(form, ticked)
            return self._page(
                person, delivery, person._save_preferences(wishes, delivery)
            )
        if act == "stop":
            person._opt_out(delivery, "page")
        elif act == "resume" and person.recruiting_opt_out:
            person._give_consent("marketing", "page")
        elif act == "delete":
            person._ask_for_erasure()
        return self._page(person, delivery, [])

    def _visitor(self, token):
        # sudo: visitors have no rights; the token is the right to this one delivery
        deliveries = request.env["recruit.campaign.delivery"].sudo()
        delivery = deliveries._from_preference_token(token)
        if not delivery:
            raise NotFound()
        person = delivery.candidate_id._survivors()
        return person.with_context(lang=person.lang or request.env.lang), delivery

    def _page(self, person, delivery, changes=None):
        page = request.render(
            "recruit_campaigns.preference_page",
            person._preference_page_values(delivery, changes),
        )
        page.headers.update(HEADERS)
        return page
