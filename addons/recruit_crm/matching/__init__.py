from . import formula, parts, people, rarity, sources

__all__ = ["formula", "parts", "people", "rarity", "sources"]
