import json

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .token_page import HEADERS, token_page


class PrivacyPage(http.Controller):
    """The person's own page, behind a signed link; no login, no JavaScript.

    A forged, an old and an unknown link get one and the same answer.
    """

    @token_page("/recruit/privacy/<string:token>", "GET")
    def show(self, token):
        """Show what is held. It never acts: scanners follow every link of a message."""
        return self._page(self._person(token))

    @token_page("/recruit/privacy/<string:token>", "POST")
    def act(self, token, act="", purpose=None, **_form):
        """Do what a button says: stay, agree, withdraw or delete."""
        person = self._person(token)
        if request.httprequest.method != "POST":  # Odoo lets OPTIONS in, too
            return self._page(person)
        return self._page(person, person._privacy_act(act, purpose))

    def _person(self, token):
        # sudo inside: the token is the right to this one person
        person = request.env["recruit.candidate"]._from_privacy_token(token)
        if not person:
            raise NotFound()
        return person.with_context(lang=person.lang or request.env.lang)

    def _page(self, person, done=""):
        page = request.render(
            "recruit_crm.privacy_page", person._privacy_page_values(done)
        )
        page.headers.update(HEADERS)
        return page


class PrivacyExport(http.Controller):
    """The file with everything that is kept about a person, for privacy officers."""

    @http.route(
        "/recruit/privacy/export/<int:candidate_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export(self, candidate_id):
        """Download the file.

        :raise AccessError: for who is no privacy officer, or may not see the person
        """
        people = request.env["recruit.candidate"].with_context(active_test=False)
        person = people.browse(candidate_id).exists()
        if not person:
            raise NotFound()
        content = json.dumps(person._export_person(), indent=1, ensure_ascii=False)
        return request.make_response(
            content,
            headers={
                **HEADERS,
                "Content-Type": "application/json; charset=utf-8",
                "Content-Disposition": content_disposition(
                    f"personal-data-{candidate_id}.json"
                ),
            },
        )
