from odoo import http

# The address holds the key: it goes to no other site, no cache and no search engine.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def token_page(path, method):
    """Route a page without login behind a token: the token is the right to see it.

    A GET never acts: link scanners follow every address of a message. A POST needs no
    CSRF token: mail programs keep no cookie, and the token in the address is the proof.

    :param str path: with ``<string:token>`` in it
    :param str method: GET or POST
    """
    return http.route(
        path,
        type="http",
        auth="public",
        methods=[method],
        website=True,
        multilang=False,
        sitemap=False,
        csrf=method != "POST",
    )
