"""Labels of operators that several fields share."""


def any_of(env):
    return env._("is any of")


def none_of(env):
    return env._("is none of")


def has_any(env):
    return env._("has any of")


def has_all(env):
    return env._("has all of")


def has_none(env):
    return env._("has none of")


def is_set(env):
    return env._("is known")


def not_set(env):
    return env._("is not known")


def contains(env):
    return env._("contains")


def lacks(env):
    return env._("does not contain")


def within(env):
    return env._("within the last")


def longer_ago(env):
    return env._("longer ago than")


def since(env):
    return env._("on or after")


def until(env):
    return env._("before")
