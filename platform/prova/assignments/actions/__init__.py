"""What changes a submission, as verbs. Each is one transaction; none is anybody's but these to write."""

from prova.assignments.actions.publish import publish_waiting
from prova.assignments.actions.record import record_progress, record_report
from prova.assignments.actions.submit import SubmissionRefused, submit_solution
from prova.assignments.actions.sweep import Swept, sweep_once
from prova.assignments.actions.tries import grade_again

__all__ = [
    "SubmissionRefused",
    "Swept",
    "grade_again",
    "publish_waiting",
    "record_progress",
    "record_report",
    "submit_solution",
    "sweep_once",
]
