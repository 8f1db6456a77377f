"""What an integration does, through the client libraries that integrations use."""

import odoolib
import odoorpc
import pytest

from tests.client import log_in

NEW_KEY = """
from datetime import datetime, timedelta
admin = env.ref("base.user_admin")
keys = env["res.users.apikeys"].with_user(admin)
print(keys._generate("rpc", "an integration", datetime.now() + timedelta(days=1)))
env.cr.commit()
"""


def port_of(odoo) -> int:
    return int(odoo.url.rsplit(":", 1)[1])


@pytest.fixture(scope="module")
def xmlrpc(odoo):
    return log_in(odoo).env


@pytest.fixture(scope="module")
def json2(odoo, in_shell):
    key = in_shell(odoo.database, NEW_KEY)[-1]
    return odoolib.get_connection(
        "127.0.0.1", "json2", port_of(odoo), odoo.database, password=key
    )


@pytest.fixture(scope="module")
def python_skill(xmlrpc):
    level = {"name": "Expert", "level_progress": 100, "default_level": True}
    skill_type = xmlrpc["hr.skill.type"].create(
        {
            "name": "Languages of machines",
            "skill_level_ids": [(0, 0, level)],
            "skill_ids": [(0, 0, {"name": "Python"})],
        }
    )
    return xmlrpc["hr.skill"].search([("skill_type_id", "=", skill_type)])[0]


@pytest.fixture(scope="module")
def segment(xmlrpc, python_skill):
    value = {"skill": python_skill, "level": 60}
    rule = {"field": "skill", "operator": "at_least", "value": value}
    return xmlrpc["recruit.segment"].create(
        {"name": "Python at 60", "tree": {"group": "all", "items": [rule]}}
    )


def test_a_candidate_made_over_xml_rpc_is_found_over_json_2(xmlrpc, json2):
    made = xmlrpc["recruit.candidate"].create(
        {"name": "Ada Byron", "email": "Ada.Byron@Example.com"}
    )
    found = json2.get_model("recruit.candidate").search_read(
        domain=[("email_normalized", "=", "ada.byron@example.com")], fields=["name"]
    )
    assert found == [{"id": made, "name": "Ada Byron"}]


def test_the_same_mail_twice_is_refused_with_the_name_of_its_owner(xmlrpc):
    values = {"name": "Grace Hopper", "email": "grace@example.com"}
    xmlrpc["recruit.candidate"].create(values)
    with pytest.raises(odoorpc.error.RPCError, match="Grace Hopper"):
        xmlrpc["recruit.candidate"].create({**values, "name": "G. Hopper"})
    assert xmlrpc["recruit.candidate"].search_count([("name", "=", "G. Hopper")]) == 0


def test_an_application_over_rpc_belongs_to_the_candidate_with_its_mail(xmlrpc):
    candidate = xmlrpc["recruit.candidate"].create(
        {"name": "Mary Jackson", "email": "mary@example.com"}
    )
    job = xmlrpc["hr.job"].create({"name": "Engineer"})
    application = xmlrpc["hr.applicant"].create(
        {"partner_name": "Mary J.", "email_from": "MARY@example.com", "job_id": job}
    )
    owner = xmlrpc["hr.applicant"].read([application], ["candidate_id"])[0]
    assert owner["candidate_id"][0] == candidate


def test_touches_take_neither_write_nor_delete_over_rpc(xmlrpc):
    touches = xmlrpc["recruit.touch"].search([], limit=1)
    assert touches
    for call in (
        lambda: xmlrpc["recruit.touch"].write(touches, {"source": "forged"}),
        lambda: xmlrpc["recruit.touch"].unlink(touches),
    ):
        with pytest.raises(odoorpc.error.RPCError):
            call()


def test_what_is_private_cannot_be_called(xmlrpc):
    with pytest.raises(odoorpc.error.RPCError, match="[Pp]rivate"):
        xmlrpc["recruit.clock"].now()


def test_a_segment_counts_those_who_are_good_enough(xmlrpc, segment, python_skill):
    for name, level in (("Good", 80), ("Learning", 40)):
        xmlrpc["recruit.candidate"].create(
            {
                "name": name,
                "email": f"{name.lower()}@example.com",
                "skill_ids": [(0, 0, {"skill_id": python_skill, "level": level})],
            }
        )
    found = xmlrpc["recruit.candidate"].search_read(
        [("segment_ids", "in", [segment])], ["name"]
    )
    assert [person["name"] for person in found] == ["Good"]


def test_enrolling_twice_over_json_2_enrolls_once_and_says_why(xmlrpc, json2, segment):
    campaign = xmlrpc["recruit.campaign"].create(
        {
            "name": "Python people",
            "segment_id": segment,
            "step_ids": [(0, 0, {"subject": "Hello", "body_html": "<p>Hello</p>"})],
        }
    )
    person = xmlrpc["recruit.candidate"].create(
        {"name": "Katherine", "email": "katherine@example.com"}
    )
    campaigns = json2.get_model("recruit.campaign")
    first = campaigns.enroll(ids=[campaign], candidate_ids=[person])
    again = campaigns.enroll(ids=[campaign], candidate_ids=[person])
    assert first["enrolled"] == [person]
    assert again["enrolled"] == []
    assert again["skipped"][0]["candidate_id"] == person
    assert again["skipped"][0]["reason"]
