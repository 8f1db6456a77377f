"""Which values a message cannot do without."""

from .wording import mark_body, mark_subject


def needed_paths(html: str, subject_groups) -> frozenset[str]:
    """Paths of the placeholders without a fallback, as `user_id.name`.

    A text with conditions of its own says by itself what happens without a value.

    :param subject_groups: of Odoo's `parse_inline_template`
    """
    _text, in_body = mark_body(html)
    _text, in_subject = mark_subject(subject_groups)
    return frozenset(one.path for one in in_body | in_subject if not one.default)
