from odoo import api, models
from odoo.fields import Date

from ..sheet.cells import DEFAULT_LEVEL, split_list, split_skills
from ..sheet.rows import split_location


class RecruitCandidate(models.Model):
    """What the people of a sheet bring along: skills, tags, pools, sources, ids."""

    _inherit = "recruit.candidate"

    @api.model
    def _find_names(self, rows):
        """Find the skills, pools, tags and countries that rows name; a row that names
        one that is not there is refused."""
        skills = self._names_of("hr.skill")
        pools = self._names_of("hr.talent.pool")
        countries = self._countries()
        for row in rows:
            self._name_place(row, countries)
            self._name_skills(row, skills)
            self._name_pools(row, pools)
        self._name_tags([row for row in rows if row.goes_on])

    @api.model
    def _names_of(self, model):
        """Return {name in lower case: [ids]} of what the user may see of a model.

        One read of a vocabulary, some thousand rows, instead of one a cell.
        """
        found = {}
        for record in self.env[model].search_fetch([], ["name"], order="id"):
            found.setdefault((record.name or "").casefold(), []).append(record.id)
        return found

    @api.model
    def _countries(self):
        countries = self.env["res.country"].search_fetch([], ["name", "code"])
        codes = {one.code.casefold(): one.id for one in countries}
        return {**codes, **{one.name.casefold(): one.id for one in countries}}

    @api.model
    def _name_place(self, row, countries):
        city, country = split_location(row.values.pop("import_location", None))
        row.values["city"] = row.values.get("city") or city[:100] or False
        if country and not row.values.get("country_id"):
            row.values["country_id"] = countries.get(country.casefold(), False)

    @api.model
    def _name_skills(self, row, skills):
        text = row.values.pop("import_skills", None)
        for name, level in split_skills(text):
            ids = skills.get(name.casefold())
            if not ids:
                return row.refuse(
                    self.env._(
                        "there is no skill “%s”. Add it under Configuration, Skills, "
                        "or correct the name.",
                        name[:50],
                    ),
                    "import_skills",
                )
            row.skills.append({"skill_id": ids[0], "level": level})
        return None

    @api.model
    def _name_pools(self, row, pools):
        for name in split_list(row.values.pop("import_pools", None)):
            ids = pools.get(name.casefold(), [])
            if len(ids) != 1:
                problem = (
                    self.env._("there are several pools “%s”. Rename one.", name[:50])
                    if ids
                    else self.env._(
                        "there is no talent pool “%s”. Create it first, or correct the "
                        "name.",
                        name[:50],
                    )
                )
                return row.refuse(problem, "import_pools")
            row.pool_ids += ids
        return None

    @api.model
    def _name_tags(self, rows):
        """Find the tags, and create those that are not there: they are free words."""
        names = {row: split_list(";".join(row.tags)) for row in rows}
        wanted = {one.casefold(): one for found in names.values() for one in found}
        known = self._names_of("hr.applicant.category") if wanted else {}
        missing = [name for key, name in wanted.items() if key not in known]
        for tag in self.env["hr.applicant.category"].create(
            [{"name": name} for name in missing]
        ):
            known[tag.name.casefold()] = tag.ids
        for row in rows:
            row.tag_ids = [known[name.casefold()][0] for name in names[row]]

    @api.model
    def _attach_rows(self, rows):
        """Add to the people of these rows, known or new, what their rows say."""
        self._attach_skills(rows)
        self._attach_pools(rows)
        self._attach_origins(rows)
        self._attach_externals([row for row in rows if row.external])

    @api.model
    def _attach_skills(self, rows):
        """Record the skills as statements of the sheet, its document the person."""
        people = self.browse({row.candidate_id for row in rows if row.skills})
        # sudo: the statements of imports before, whoever made them
        evidence = self.env["recruit.skill.evidence"].sudo()
        said = {
            (one.candidate_id.id, one.skill_id.id): (one.level, one.provenance)
            for one in evidence._of_documents(people)
        }
        statements, words = {}, self.env._("Imported")
        today = self.env["recruit.clock"].now().date()
        for row in rows:
            for skill in row.skills:
                one = {**self._prepare_statement(row, skill, today), "words": words}
                key = (row.candidate_id, skill["skill_id"])
                if said.get(key) != (one["level"], one["provenance"]):
                    statements[key] = one
        evidence._record(list(statements.values()))

    @api.model
    def _prepare_statement(self, row, skill, today):
        """Return the evidence that a row gives; of unknown age it is as old as the
        company's knowledge of the person."""
        day = skill.get("proven_on") or row.origin["occurred_at"]
        level = skill.get("level")
        return {
            "candidate_id": row.candidate_id,
            "skill_id": skill["skill_id"],
            "level": DEFAULT_LEVEL if level is None else int(level),
            "provenance": skill.get("provenance") or "self_declared",
            "proven_on": Date.to_date(day) if day else today,
            "res_model": self._name,
            "res_id": row.candidate_id,
        }

    @api.model
    def _attach_pools(self, rows):
        members = {}
        for row in rows:
            for pool_id in row.pool_ids:
                members.setdefault(pool_id, set()).add(row.candidate_id)
        for pool_id, ids in sorted(members.items()):
            pool = self.env["hr.talent.pool"].browse(pool_id)
            self.browse(sorted(ids))._add_to_pool(
                pool, self.env._("Imported"), origin="import"
            )

    @api.model
    def _attach_origins(self, rows):
        """Log where the people came from, once for each source and day."""
        sources = self._names_of("utm.source")
        touches = {}
        for row in rows:
            source, moment = row.origin["source"], row.origin["occurred_at"]
            key = f"imported:{row.candidate_id}:{source or ''}:{moment or ''}"
            touches[key] = {
                "candidate_id": row.candidate_id,
                "kind": "imported",
                "source": source,
                "source_id": sources.get((source or "").casefold(), [False])[0],
                "occurred_at": moment,
                "dedupe_key": key,
            }
        # sudo: the ledger has no right but to add, and this is the way to add
        self.env["recruit.touch"].sudo()._log(list(touches.values()))

    @api.model
    def _attach_externals(self, rows):
        """Keep the ids of the former system; one that is taken is remarked."""
        people = self.browse({row.candidate_id for row in rows})
        companies = {one.id: one.company_id.id or None for one in people}
        claims = {
            (one, "external", row.external, row.external, companies[one]): row
            for row in rows
            if (one := row.candidate_id)
        }
        identities = self.env["recruit.identity"]
        taken = identities._claim(list(claims))
        owners = identities._owners({("external", claim[3]) for claim in taken})
        for claim in taken:
            if owners.get(("external", claim[3], claim[4] or False)) != claim[0]:
                claims[claim].remarks.append(
                    self.env._("The id %s belongs to somebody else.", claim[3][:50])
                )
