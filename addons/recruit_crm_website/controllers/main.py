from urllib.parse import urlencode, urlsplit

from odoo import http
from odoo.http import request

from odoo.addons.website_hr_recruitment.controllers.main import WebsiteHrRecruitment

from ..models.ir_http import COOKIE, WORDS
from ..visiting.landing import (
    DIRECT,
    host_of,
    origin_of_link,
    origin_of_own_page,
    origin_of_referrer,
    tell_landing,
)


class WebsiteHrRecruitmentSilent(WebsiteHrRecruitment):
    """The public side of recruiting, which tells nobody who applied."""

    @http.route()
    def check_recent_application(self, field, value, job_id):
        """Answer the application form, the same whatever is asked.

        Odoo says here whether a name, an address, a number or a profile is among the
        applicants, and who their recruiter is: anybody can ask, about anybody. A
        second application does no harm here, it joins the candidate of the first.

        :return: ``{"message": None}``: nothing to tell the visitor
        """
        return {"message": None}


class WebsiteHrRecruitmentOrigin(WebsiteHrRecruitment):
    """Where an application by the form came from, with cookies and without."""

    @http.route()
    def jobs(self, **kwargs):
        """Hand the words of the link on to the pages of the jobs."""
        return _hand_on(super().jobs(**kwargs))

    @http.route()
    def job(self, job, **kwargs):
        """Hand the words of the link on to the form."""
        return _hand_on(super().job(job, **kwargs))

    @http.route()
    def jobs_apply(self, job, **kwargs):
        """Ask in the form how the person heard of us."""
        response = super().jobs_apply(job, **kwargs)
        if hasattr(response, "qcontext"):
            response.qcontext["heard_channels"] = _offered_channels()
        return response

    def extract_data(self, model_sudo, values):
        """Take the answer how somebody heard of us where it is one that was offered."""
        answer = values.get("heard_channel_id")
        if model_sudo.model == "hr.applicant" and answer is not None:
            offered = {str(channel.id) for channel in _offered_channels()}
            if answer not in offered:
                values = {**values}
                del values["heard_channel_id"]
        return super().extract_data(model_sudo, values)

    def insert_record(self, request, model_sudo, values, custom, meta=None):
        """Create the application with the visits that led to the form.

        The visits become touches of the candidate in the same transaction, and leave
        the list of the unknown visitors.
        """
        if model_sudo.model != "hr.applicant":
            return super().insert_record(request, model_sudo, values, custom, meta)
        visitor = request.env["recruit.visit"]._read_cookie(request.cookies.get(COOKIE))
        visits = request.env["recruit.visit"]._of_visitor(visitor)
        arrivals = visits._arrivals() or _arrivals_of_form(request)
        origin = DIRECT._asdict()
        if arrivals:
            origin = {word: arrivals[-1][word] for word in origin}
        request.update_context(recruit_arrivals=arrivals, recruit_origin=origin)
        values = {**values, **request.env["recruit.touch"]._known_links(origin)}
        record = super().insert_record(request, model_sudo, values, custom, meta)
        visits.unlink()
        return record


def _offered_channels():
    """Return the channels that the form offers as answers, with sudo."""
    # sudo: visitors have no rights; the names of these channels are made for them
    return request.env["recruit.channel"].sudo().search([("asked", "=", True)])


def _arrivals_of_form(request):
    """Return the arrival of a visitor without a cookie, from the form's own address.

    It stands for what the browser says alone: nothing is signed, nothing was kept.
    """
    page = request.httprequest
    host = host_of(page.host_url)
    origin = (
        origin_of_link({name: page.args.get(name) for name in WORDS})
        or origin_of_own_page(page.referrer, host)
        or origin_of_referrer(page.referrer, host)
    )
    if not origin:
        return []
    return [
        {
            **origin._asdict(),
            "kind": "visit",
            "occurred_at": request.env["recruit.clock"].now(),
            "evidence": tell_landing(urlsplit(page.referrer or "").path, page.referrer),
            "verified": False,
        }
    ]


def _hand_on(response):
    """Let the links of a page carry the words of its own link, where no cookie may.

    So the words reach the form in the same visit, and nothing is kept of the visitor.
    """
    words = {
        word: request.httprequest.args[word]
        for word in WORDS
        if word in request.httprequest.args
    }
    allowed = request.env["ir.http"]._is_allowed_cookie("optional")
    if words and not allowed and hasattr(response, "qcontext"):
        response.qcontext["recruit_words"] = f"?{urlencode(words)}"
    return response
