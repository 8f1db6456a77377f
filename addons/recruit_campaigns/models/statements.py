"""SQL beside the ORM: what the one has written, the other must know.

`state || '' = 'claimed'` in a statement that knows the ids of its rows keeps the
database off the partial indexes of that state. While their set is empty for a moment,
statistics say that reading it costs nothing, and for the next minutes it would be read
for each id.
"""


def change(env, query):
    """Execute a statement that changes rows; the ORM forgets what it knew of them.

    :param query: an `odoo.tools.SQL` that returns rows
    :return list: its rows
    """
    env.flush_all()
    rows = env.execute_query(query)
    env.invalidate_all(flush=False)
    return rows


def look(env, query):
    """Execute a statement that reads what the ORM may not have written yet.

    :param query: an `odoo.tools.SQL`
    :return list: its rows
    """
    env.flush_all()
    return env.execute_query(query)
