"""A quiz in a course, and what a learner did with it.

Who may change which field, and when, is in `actions`; nothing else writes attempts and responses.
"""

from prova.quizzes.models.accommodation import Accommodation, PasswordTry
from prova.quizzes.models.attempt import Attempt, AttemptItem, Refusal, RefusedRequest, Response
from prova.quizzes.models.hint import HintTaken
from prova.quizzes.models.quiz import FeedbackPolicy, Layout, Pin, Pool, Quiz, QuizItem, Section

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptItem",
    "FeedbackPolicy",
    "HintTaken",
    "Layout",
    "PasswordTry",
    "Pin",
    "Pool",
    "Quiz",
    "QuizItem",
    "Refusal",
    "RefusedRequest",
    "Response",
    "Section",
]
