"""Exercises as loaded from files, their use in a course, and what learners hand in.

The submission's row is the truth about its grading: the broker may lose or repeat any message. Who may change
which field, and when, is in `actions`, `publishing`, `recording` and `sweeping`; nothing else writes these tables.
"""

from prova.assignments.models.assignment import Assignment, Exercise, HiddenDetailsDecision
from prova.assignments.models.grading import EventKind, Heartbeat, OutboxMessage, SubmissionEvent
from prova.assignments.models.standing import Standing
from prova.assignments.models.submission import OPEN_STATES, State, Submission, UploadTry

__all__ = [
    "OPEN_STATES",
    "Assignment",
    "EventKind",
    "Exercise",
    "Heartbeat",
    "HiddenDetailsDecision",
    "OutboxMessage",
    "Standing",
    "State",
    "Submission",
    "SubmissionEvent",
    "UploadTry",
]
