"""What came back to a message: a person, a machine, a report; see `classify`."""

from .classifier import classify
from .verdict import Action, Cause, Kind, Report, Verdict

__all__ = ["Action", "Cause", "Kind", "Report", "Verdict", "classify"]
