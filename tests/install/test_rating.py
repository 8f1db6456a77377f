"""Tables of addons that we do not depend on follow a merge too: Odoo's ratings."""

from dev.workbench import server

MERGE = """
ann, copy = env["recruit.candidate"].create([{"name": "Ann"}, {"name": "Ann copy"}])
rating = env["rating.rating"].create(
    {
        "res_model_id": env["ir.model"]._get_id("recruit.candidate"),
        "res_id": copy.id,
        "rating": 4,
    }
)
merge = ann._merge(copy)
env.invalidate_all()
followed = rating.res_id == ann.id
merge.action_undo()
env.invalidate_all()
print(followed, rating.res_id == copy.id)
"""


def test_ratings_follow_a_merge_and_come_back_with_its_undo(
    made, databases, new_database, in_shell
):
    name = new_database(databases.product(("recruit_crm",)))
    server.run_odoo(made, "module-install", "module", "install", "-d", name, "rating")
    assert in_shell(name, MERGE)[-1] == "True True"
