"""What interviewers' ratings say together. No ORM: facts in, facts out."""

from . import agreement, scale

__all__ = ["agreement", "scale"]
