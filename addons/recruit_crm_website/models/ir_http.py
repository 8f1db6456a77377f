import logging

from odoo import models
from odoo.http import Response, request

from ..visiting.landing import host_of, is_career_page, read_landing, shorten

_logger = logging.getLogger(__name__)

COOKIE = "recruit_visitor"
WORDS = ("utm_source", "utm_medium", "utm_campaign", "gclid", "msclkid", "fbclid")


class IrHttp(models.AbstractModel):
    """Keep the landings of visitors on the pages of the website."""

    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        try:
            cls._keep_landing(response)
        except Exception:  # a page is served whatever becomes of its visit
            _logger.exception("A visit was not kept")
        return result

    @classmethod
    def _keep_landing(cls, response):
        """Record this request where it is a landing, and know the visitor again.

        Most requests end in the first line: they are no page, or one that was reached
        from another of ours.
        """
        page = request.httprequest
        if page.method != "GET" or not getattr(request, "is_frontend", False):
            return
        words = {word: page.args.get(word) for word in WORDS if word in page.args}
        if not words and not is_career_page(page.path):
            return
        if (
            getattr(response, "status_code", 0) >= 400
            or request.env.user._is_internal()
        ):
            return
        own_host = host_of(page.host_url)
        visits = request.env["recruit.visit"]
        visitor = visits._read_cookie(request.cookies.get(COOKIE))
        is_bot = not page.user_agent.string or cls.is_a_bot()
        origin = read_landing(words, page.referrer, own_host, page.path, bool(visitor))
        # who has not agreed leaves nothing: neither a cookie nor a row
        if not origin or not cls._is_allowed_cookie("optional"):
            return
        website = request.website
        job = request.env["ir.http"]._unslug(page.path.rsplit("/", 1)[-1])[1]
        landing = {
            "client": visits._client_of(page.remote_addr, page.user_agent.string),
            "path": shorten(page.path, 200),
            "referrer": host_of(page.referrer),
            "job_id": job if is_career_page(page.path) else None,
            "website_id": website.id,
            "company_id": website._get_cached("company_id"),
            "is_new": not visitor,
            "is_bot": is_bot,
        }
        visitor = visitor or visits._new_visitor()
        visits._record(visitor, origin, **landing)
        if not is_bot:
            cls._set_visitor(response, visitor)

    @classmethod
    def _set_visitor(cls, response, visitor):
        """Give the visitor the cookie; scripts cannot read it, other sites not send it
        with a form."""
        visits = request.env["recruit.visit"]
        Response.load(response).set_cookie(
            COOKIE,
            visits._make_cookie(visitor),
            max_age=visits._keep_days() * 24 * 3600,
            secure=request.httprequest.is_secure,
            httponly=True,
            samesite="Lax",
            cookie_type="optional",
        )
