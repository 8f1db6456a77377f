"""`./recruit translations`: the templates that translators start from, i18n/*.pot."""

from pathlib import Path

import polib

from . import database, paths, server


def run(_words: list[str]) -> int:
    """Write each addon's template anew from what its database holds."""
    for name, entries in export().items():
        file = template(name)
        file.parent.mkdir(exist_ok=True)
        book = polib.POFile(wrapwidth=78)
        book.metadata = {
            "Project-Id-Version": "Odoo Server 19.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        book.extend(entries)
        book.save(str(file))
        print(f"{len(entries):5d} terms in {file.relative_to(paths.ROOT)}")
    return 0


def template(name: str) -> Path:
    return paths.ADDONS / name / "i18n" / f"{name}.pot"


def export() -> dict[str, list[polib.POEntry]]:
    """The terms of each addon of ours, sorted, without what changes by itself."""
    made = server.setup()
    databases = database.Databases(made)
    with databases.scratch(databases.product()) as name:
        return {addon: _terms(made, name, addon) for addon in paths.ours()}


def _terms(made: server.Setup, name: str, addon: str) -> list[polib.POEntry]:
    output = paths.RUN / f"{addon}.po"
    words = ("export", "-d", name, "-o", str(output), addon)
    server.run_odoo(made, "i18n", "i18n", *words)
    entries = polib.pofile(str(output))
    return sorted(map(_lasting, entries), key=lambda term: (term.msgid, term.comment))


def _lasting(entry: polib.POEntry) -> polib.POEntry:
    """A term without line numbers, which move with every edit."""
    places = sorted((place, "") for place, _line in entry.occurrences)
    return polib.POEntry(msgid=entry.msgid, comment=entry.comment, occurrences=places)
