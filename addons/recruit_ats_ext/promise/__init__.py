"""Promises to people: come back when a certain job opens. No ORM."""

from . import terms

__all__ = ["terms"]
