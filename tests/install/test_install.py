"""Each addon installs alone, all install together, upgrade changes nothing, and
uninstalling leaves the database as it was found."""

from contextlib import closing

import psycopg2
import pytest

from dev.workbench import paths, server

# What an addon can leave behind, one query a kind. Rows are compared as sets.
TRACES = {
    "tables": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable
          FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "triggers": """
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal
    """,
    "functions": """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model, name FROM ir_model_fields",
    "crons": "SELECT cron_name FROM ir_cron",
    "menus": "SELECT id, parent_id FROM ir_ui_menu",
    "groups": "SELECT id FROM res_groups",
    "rules": "SELECT name FROM ir_rule",
    "access": "SELECT name FROM ir_model_access",
    "actions": "SELECT type, id FROM ir_actions",
    "views": "SELECT model, name FROM ir_ui_view",
    # Of ours only: core leaves those of the mixins' fields behind, of whatever addon.
    "xml ids": r"""
        SELECT module, name FROM ir_model_data WHERE module LIKE 'recruit\_%'
    """,
    "parameters": "SELECT key FROM ir_config_parameter",
}


def traces(made, name: str) -> dict[str, set]:
    with (
        closing(psycopg2.connect(made.database_server.dsn(name))) as connection,
        connection.cursor() as cursor,
    ):
        found = {}
        for kind, query in TRACES.items():
            cursor.execute(query)
            found[kind] = set(cursor.fetchall())
        return found


def module_command(made, *words: str):
    verb, database_name, *modules = words
    server.run_odoo(
        made, f"module-{verb}", "module", verb, "-d", database_name, *modules
    )


def installed(made, name: str) -> set[str]:
    with (
        closing(psycopg2.connect(made.database_server.dsn(name))) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("addon", paths.ours())
def test_an_addon_installs_alone_with_what_it_needs(
    made, databases, new_database, addon
):
    name = new_database(databases.product((addon,)))
    assert addon in installed(made, name)


def test_all_addons_install_together(made, new_database):
    assert set(paths.ours()) <= installed(made, new_database())


def test_an_upgrade_changes_nothing_in_the_database(made, new_database):
    name = new_database()
    before = traces(made, name)
    module_command(made, "upgrade", name, *paths.ours())
    assert differences(before, traces(made, name)) == {}


def test_uninstalling_everything_leaves_no_trace(made, databases, new_database):
    name = new_database()
    development = [
        path.parent.name for path in paths.DEV_ADDONS.glob("*/__manifest__.py")
    ]
    own = [*paths.ours(), *(set(development) - {"recruit_dev_shim"})]
    module_command(made, "uninstall", name, *own)
    found = differences(
        traces(made, databases.native()), traces(made, name), only_new=True
    )
    assert found == {}


def differences(
    before: dict, after: dict, *, only_new: bool = False
) -> dict[str, list]:
    found = {
        kind: sorted(map(str, after[kind] - before[kind]))
        + ([] if only_new else sorted(map(str, before[kind] - after[kind])))
        for kind in TRACES
    }
    return {kind: rows for kind, rows in found.items() if rows}
