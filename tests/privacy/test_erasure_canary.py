"""The erasure canary: a person with a marker in every field that is declared leaves no
trace in a full dump of the database and in the filestore.

The person is built through the product. Then the marker is added to every text of every
row that the registry finds, so that a field which nobody fills today is watched too.
"""

import subprocess

import pytest

from dev.workbench import cluster, paths

MARKER = "Zyxcanary"
PERSON = """
from odoo import Command

officers = env.ref("recruit_crm.group_recruit_privacy_officer")
env.user.group_ids = [Command.link(officers.id)]
now = env["recruit.clock"].now()
job = env["hr.job"].create({"name": "Weaver"})
skill_type = env["hr.skill.type"].create({
    "name": "Crafts",
    "skill_ids": [Command.create({"name": "Weaving"})],
    "skill_level_ids": [Command.create({"name": "Good", "level_progress": 60})],
})
application = env["hr.applicant"].create({
    "partner_name": "Zyxcanary Lee",
    "email_from": "zyxcanary@example.com",
    "partner_phone": "+32 470 99 88 77",
    "linkedin_profile": "https://www.linkedin.com/in/zyxcanary",
    "applicant_notes": "<p>Zyxcanary</p>",
    "job_id": job.id,
    "current_applicant_skill_ids": [Command.create({
        "skill_id": skill_type.skill_ids.id,
        "skill_level_id": skill_type.skill_level_ids.id,
        "skill_type_id": skill_type.id,
    })],
})
person = application.candidate_id
person.write({
    "headline": "Zyxcanary", "city": "Zyxcanary", "employer": "Zyxcanary",
    "interests": "Zyxcanary", "image_1920": env.company.logo,
    "github_profile": "https://github.com/zyxcanary",
    "categ_ids": [Command.create({"name": "Craft"})],
})
twin = env["recruit.candidate"].create({
    "name": "Zyxcanary Twin", "email": "zyxcanary.twin@example.com",
})
env["recruit.duplicate"].sudo().create({
    "candidate_id": person.id, "other_id": twin.id, "reason_codes": "name",
})
env["recruit.merge"]._perform(person, twin, [])
pool = env["hr.talent.pool"].create({"name": "Crafts"})
person._add_to_pool(pool, "Zyxcanary")
person._log_touch("call", evidence="Zyxcanary", dedupe_key="call:zyxcanary")
for purpose in ("marketing", "pool"):
    person._give_consent(purpose, "form", evidence="Zyxcanary")
person._withdraw_consent("pool", "mail", evidence="Zyxcanary")
person.action_do_not_contact("Zyxcanary")
person.action_allow_contact()
for record in (person, application, application.partner_id):
    record.message_post(
        body="Zyxcanary", subject="Zyxcanary", message_type="comment",
        subtype_xmlid="mail.mt_comment", partner_ids=application.partner_id.ids,
        attachments=[("Zyxcanary.txt", b"Zyxcanary in a file of a message")],
    )
    env["ir.attachment"].create({
        "name": "Zyxcanary.txt", "raw": f"Zyxcanary of {record}".encode(),
        "res_model": record._name, "res_id": record.id,
    })
    record.activity_schedule(
        "mail.mail_activity_data_todo", summary="Zyxcanary", note="Zyxcanary",
    )
person.message_post(
    body="Zyxcanary", message_type="email", email_from="zyxcanary@example.com",
)
env["mail.mail"].create({
    "model": person._name, "res_id": person.id, "body_html": "Zyxcanary",
    "subject": "Zyxcanary", "email_to": "zyxcanary@example.com",
})
env["calendar.event"].create({
    "name": "Zyxcanary", "description": "Zyxcanary", "location": "Zyxcanary",
    "start": now, "stop": now, "applicant_id": application.id,
    "partner_ids": [Command.link(application.partner_id.id)],
})
env["ir.model.data"].create({
    "module": "__import__", "name": "zyxcanary", "model": person._name,
    "res_id": person.id,
})
env["bus.bus"]._sendone(env.user.partner_id, "note", {"name": "Zyxcanary Lee"})
segment = env["recruit.segment"].create({
    "name": "Everybody known",
    "tree": {"group": "all", "items": [
        {"field": "tag", "operator": "any_of", "value": person.categ_ids.ids},
    ]},
})
campaign = env["recruit.campaign"].create({
    "name": "Weavers", "segment_id": segment.id, "user_id": env.user.id,
    "step_ids": [
        Command.create({"sequence": 1, "subject": "Hi", "body_html": "<p>Hi</p>"}),
    ],
})
enrolled = env["recruit.campaign.enrollment"]._insert(campaign, {person.id: 0})
delivery = env["recruit.campaign.delivery"].search([("candidate_id", "=", person.id)])
delivery._ensure_identity(now)
link = env["link.tracker"].create({"url": "https://example.com/jobs", "title": "Jobs"})
env["link.tracker.click"].create({
    "link_id": link.id, "ip": "198.51.100.77", "mailing_trace_id": delivery.trace_id.id,
})
env["recruit.medal"].create({
    "candidate_id": person.id, "applicant_id": application.id, "medal_on": now.date(),
    "note": "Zyxcanary",
})
env["recruit.disposition"].create({
    "candidate_id": person.id, "applicant_id": application.id, "note": "Zyxcanary",
    "disposition_type": "we", "disposed_at": now,
})
card = env["recruit.scorecard"]._open_for(application, env.user)
card.write({"notes": "<p>Zyxcanary</p>", "recommendation": "yes"})
card.action_submit()
env["recruit.promise"].create({"candidate_id": person.id, "words": "Zyxcanary"})
bystander = env["recruit.candidate"].create({"name": "Bystander Bee"})
bystander.message_post(body="Bystander note")
env.cr.commit()
print("PERSON", person.id)
"""
MARK = """
person = env["recruit.candidate"].browse(%(id)s)
privacy = env["recruit.privacy"]
found = privacy._find(person._with_signposts())
holdings = privacy._holdings()
env.cr.execute("SET session_replication_role = replica")
marked = set()
for model, ids in found.items():
    holding = holdings[model]
    if holding.fate == "keep":
        continue
    for field in env[model]._fields.values():
        told = field.name in holding.clear or holding.fate == "delete"
        if not (told and field.store and field.column_type):
            continue
        kind = field.column_type[0]
        keep = field.name in ("res_model", "model", "store_fname", "checksum", "kind")
        texts = kind in ("varchar", "text") and field.type in ("char", "text", "html")
        if texts and not keep:
            env.cr.execute(
                'UPDATE "%%s" SET "%%s" = COALESCE("%%s", \\'\\') || \\'%(marker)s\\''
                " WHERE id = ANY(%%%%s)" %% (env[model]._table, field.name, field.name),
                [list(ids)],
            )
            marked.add((model, field.name))
env.cr.commit()
print("MARKED", len(marked), "MODELS", len({model for model, _ in marked}))
print("FOUND", sorted(found))
"""
ERASE = """
person = env["recruit.candidate"].browse(%(id)s)
certificate = person._erase("request", "Ticket 4711")
env.cr.commit()
env["ir.attachment"]._gc_file_store()
print("ROWS", certificate.row_count)
"""


@pytest.fixture(scope="module")
def canary(new_database, in_shell):
    """The name of a database, the id of the marked person, and what was marked."""
    name = new_database()
    words = {}
    for line in in_shell(name, PERSON):
        words.update([line.split(" ", 1)] if " " in line else [])
    words["PERSON"] = int(words["PERSON"])
    code = MARK % {"id": words["PERSON"], "marker": MARKER}
    for line in in_shell(name, code):
        words.update([line.split(" ", 1)])
    return name, words


def dump(made, name: str) -> str:
    program, environment = cluster.client("pg_dump")
    done = subprocess.run(
        [program, made.database_server.dsn(name)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.lower()


def hits(made, databases, name: str) -> list[str]:
    """The lines of the dump and the files that hold the marker, in whatever form."""
    marker = MARKER.lower()
    forms = (marker, MARKER.encode().hex(), marker.encode().hex())
    tables, found = "", []
    for line in dump(made, name).splitlines():
        if line.startswith("copy public."):
            tables = line.split()[1]
        if any(form in line for form in forms):
            found.append(f"{tables}: {line[:160]}")
    files = [file for file in (databases.filestore / name).rglob("*") if file.is_file()]
    return found + [
        str(file.relative_to(paths.CACHE))
        for file in files
        if marker.encode() in file.read_bytes().lower()
    ]


def test_a_marked_person_leaves_no_trace_in_dump_and_filestore(
    made, databases, canary, in_shell
):
    name, words = canary
    before = hits(made, databases, name)
    assert len(before) > 40, "the canary sings before it is erased"
    assert any("filestore" in one for one in before)
    assert int(words["MARKED"].split()[0]) > 60
    in_shell(name, ERASE % {"id": words["PERSON"]})
    assert hits(made, databases, name) == []
    assert "198.51.100.77" not in dump(made, name)
    assert "bystander note" in dump(made, name), "nobody else is touched"
