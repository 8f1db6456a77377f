from . import strength, suggest

__all__ = ["strength", "suggest"]
