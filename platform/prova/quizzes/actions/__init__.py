"""What changes quizzes and attempts; each verb is one transaction.

Saving, flagging and submitting lock the attempt's row, so that an answer is either in before the attempt is scored,
or refused.
"""

from prova.quizzes.actions.hint import take_hint
from prova.quizzes.actions.locking import GRACE, is_overdue
from prova.quizzes.actions.save import Saved, check_item, flag_item, save_response, show_item_in, turn_page
from prova.quizzes.actions.start import start_attempt
from prova.quizzes.actions.submit import submit_attempt, submit_if_overdue, submit_overdue_attempts

__all__ = [
    "GRACE",
    "Saved",
    "check_item",
    "flag_item",
    "is_overdue",
    "save_response",
    "show_item_in",
    "start_attempt",
    "submit_attempt",
    "submit_if_overdue",
    "submit_overdue_attempts",
    "take_hint",
    "turn_page",
]
