"""What a worker sets up once in its database session stays, and goes with it."""

LOOK = """
from odoo.addons.recruit_campaigns.models.worker import Worker


def look(cr):
    cr.execute(
        "SELECT current_setting('transaction_isolation') || ', by ' || source"
        "  FROM pg_settings WHERE name = 'default_transaction_isolation'"
    )
    return cr.fetchone()[0]


with Worker(env.registry) as worker:
    for _fence in range(2):
        with worker._each_by_itself():
            worker.cr.execute("SELECT 1")
    session = worker.cr.connection.info.backend_pid
    print("WORKER", look(worker.cr))
with env.registry.cursor() as cr:
    print("SAME", cr.connection.info.backend_pid == session)
    print("NEXT", look(cr))
"""


def test_fences_reset_nothing_and_who_has_the_session_next_finds_it_as_odoo_leaves_it(
    odoo, in_shell
):
    words = in_shell(odoo.database, LOOK)
    # a reset of the isolation level would be one more trip to the database each time
    assert "WORKER read committed, by session" in words
    assert "SAME True" in words
    assert any(word.startswith("NEXT repeatable read") for word in words)
