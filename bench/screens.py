"""What the web client asks for when it opens a view."""

from lxml import etree

_kept = {}


def specification(env, model: str, arch: str) -> dict:
    """The fields of a view as `web_search_read` takes them.

    A field inside the view of another model, a list in a form for example, is left out.
    It is worked out once, as by the web client, which keeps the views it has opened.
    """
    key = (env.cr.dbname, env.uid, model, arch)
    if key not in _kept:
        _kept[key] = _read(env[model].fields_get(), arch)
    return _kept[key]


def _read(known: dict, arch: str) -> dict:
    names = {
        node.get("name")
        for node in etree.fromstring(arch).iter("field")
        if not any(parent.tag == "field" for parent in node.iterancestors())
    }
    return {
        name: {"fields": {"display_name": {}}} if known[name].get("relation") else {}
        for name in sorted(names & known.keys())
    }
