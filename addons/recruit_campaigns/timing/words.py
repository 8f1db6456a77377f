"""Spans of time in words, right for one as for many."""


def days(env, count):
    """'a day', '3 days'."""
    return env._("a day") if count == 1 else env._("%s days", count)
