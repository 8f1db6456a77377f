"""Which field a column of a sheet belongs to, told by its title.

The titles are those of this product's own template and of three systems that people
leave or use beside it. They are taken from the public help of each:

* Greenhouse, *Bulk import candidates / prospects from spreadsheet*
  (support.greenhouse.io, articles 360053674012 and 203871039): First Name, Last Name,
  Company, Title, Phone, Email, Social Media, Website, Address, Source, Prospect Pool;
  its candidate object (Harvest): Candidate ID, Created at, Last activity, Tags.
* Lever, *Migrating your data (self-service)* and *Bulk importing candidates*
  (help.lever.co, articles 20087470372381 and 20087301434013): Full-Name, Email,
  Date-Added, Sources, Tags, Links; its opportunity object: name, headline, location,
  emails, phones, createdAt, lastInteractionAt.
* Gem, *Importing candidates into a Gem job via CSV* (support.gem.com, article
  30520152191895): first_name, last_name, email, linkedin_url, phone_number; its
  candidate object: nickname, title, company, location, school.

Columns that mean nothing here (stages, jobs, schools, who gets credit) are left out:
the import screen shows them as not mapped.
"""

import re

TITLES = {
    "name": "name, candidate, candidate name, full name, applicant, person",
    "import_first_name": "first name, given name, preferred name, preferred first name",
    "import_last_name": "last name, surname, family name",
    "email": "email, emails, e mail, email address, email addresses, primary email, "
    "personal email, email 1, candidate email, all emails",
    "phone": "phone, phones, phone number, phone numbers, mobile, mobile phone, "
    "primary phone, telephone, candidate phone",
    "linkedin_profile": "linkedin, linkedin url, linkedin profile, linkedin profile "
    "url, public linkedin url, linked in handle, linkedin handle, linkedin link",
    "github_profile": "github, github url, github profile, github handle",
    "import_links": "links, link, social media, social media addresses, websites, "
    "website, website addresses, urls, profiles, profile links, social links",
    "headline": "headline, title, current title, job title, current position, role",
    "employer": "company, current company, company name, current employer, employer, "
    "organization",
    "import_location": "location, current location, address, addresses, "
    "candidate location",
    "city": "city, town",
    "country_id": "country",
    "categ_ids": "tags, tag, candidate tags, labels, all tags",
    "import_skills": "skills, skill, skill set, candidate skills, key skills",
    "import_pools": "talent pools, talent pool, pools, pool, prospect pool, "
    "prospect pools, campaign pool, project, projects, gem project",
    "source": "source, sources, candidate source, sourced from, source name, "
    "first source",
    "first_seen_at": "first seen, first seen at, created at, created, date added, "
    "added on, date created, application date, applied on, applied at, date applied, "
    "created date, added to gem, date sourced, sourced on",
    "import_external": "candidate id, external reference, greenhouse id, lever id, "
    "gem id, opportunity id, profile id, contact id, person id, candidate reference",
}
_WORDS = re.compile(r"[a-z0-9]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def simple(title):
    """Return a title as it is compared: ``createdAt``, ``Created-At`` -> created at."""
    return " ".join(_WORDS.findall(_HUMPS.sub(" ", title or "").lower()))


FIELDS = {
    simple(title): field
    for field, titles in TITLES.items()
    for title in titles.split(",")
}


def field_for(title):
    """Return the field that a title belongs to, or None where it tells nothing."""
    return FIELDS.get(simple(title))
