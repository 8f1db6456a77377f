from . import formula, parts, people, rarity

__all__ = ["formula", "parts", "people", "rarity"]
