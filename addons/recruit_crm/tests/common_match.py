from odoo import Command


class MatchCommon:
    """Six skills with levels, two countries and a place where jobs are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a shortlist of the test alone, whatever the database brought along
        cls.env["hr.job"].search([]).no_of_recruitment = 0
        cls.skills = cls.env["hr.skill"].create(
            [
                {
                    "name": f"Skill of the test {number}",
                    "skill_type_id": cls.skill_type.id,
                }
                for number in range(6)
            ]
        )
        cls.belgium = cls.env.ref("base.be")
        cls.france = cls.env.ref("base.fr")
        cls.ghent = cls.env["res.partner"].create(
            {"name": "Office", "city": "Ghent", "country_id": cls.belgium.id}
        )

    @classmethod
    def _opening(cls, levels, **values):
        """An open job that asks for these skills: {skill: native level}."""
        return cls.env["hr.job"].create(
            {
                "name": "Weaver of the test",
                "address_id": False,
                "no_of_recruitment": 1,
                "job_skill_ids": [
                    cls._skill_line(skill, level) for skill, level in levels.items()
                ],
                **values,
            }
        )

    @classmethod
    def _knows(cls, name, levels, **values):
        """A reachable person with these skills, proven today."""
        return cls._candidate(
            name,
            email=f"{name.lower().replace(' ', '.')}@example.com",
            skill_ids=[
                Command.create(
                    {"skill_id": skill.id, "level": level, "provenance": "interview"}
                )
                for skill, level in levels.items()
            ],
            **values,
        )

    @classmethod
    def _refresh(cls, jobs=None):
        cls.env["recruit.skill.rarity"]._count()
        jobs = jobs or cls.env["hr.job"]._match_open_jobs()
        cls.env["recruit.match"]._refresh_jobs(jobs)

    def _listed(self, job):
        """The people in the shortlist of a job, in its order."""
        return (
            self.env["recruit.match"]
            .search([("job_id", "=", job.id), ("state", "=", "suggested")])
            .candidate_id
        )
