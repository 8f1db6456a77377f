from datetime import datetime, timedelta

DAY = datetime(2025, 3, 1, 9, 0, 0)


class CreditCommon:
    """Stages with a meaning, and what the tests of conversions and credit ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        every = cls.env["hr.recruitment.stage"].search([])
        every.milestone = False
        ordered = every.sorted("sequence")
        cls.stages = dict(
            zip(
                ("new", "qualified", "interview", "second", "offer"),
                ordered - cls.hired_stage,
                strict=False,
            )
        )
        for name in ("qualified", "interview", "offer"):
            cls.stages[name].milestone = name

    def _conversions(self, application):
        return self.env["recruit.conversion"].search(
            [("applicant_id", "=", application.id)]
        )

    def _conversion(self, application, kind):
        return self._conversions(application).filtered(lambda one: one.kind == kind)

    def _kinds(self, application):
        """The kinds of conversions of an application, in the order of the way."""
        order = [kind for kind, _label in self.env["recruit.conversion"]._kinds()]
        return sorted(self._conversions(application).mapped("kind"), key=order.index)

    def _hired_days_ago(self, days, **values):
        """An application that became an employee so many days ago."""
        application = self._apply(**values)
        application.create_employee_from_applicant()
        now = self.env["recruit.clock"].now()
        application.date_closed = now - timedelta(days=days)
        return application

    def _touch(self, candidate, day, kind="clicked", source=None, **values):
        """A touch so many days after DAY."""
        return candidate._log_touch(
            kind, occurred_at=DAY + timedelta(days=day), source=source, **values
        )
