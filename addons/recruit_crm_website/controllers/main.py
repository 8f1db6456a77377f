from odoo import http

from odoo.addons.website_hr_recruitment.controllers.main import WebsiteHrRecruitment


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
