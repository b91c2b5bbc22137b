"""A quiz in a course, and what a learner did with it.

Who may change which field, and when, is in `actions`; nothing else writes attempts and responses.
"""

from prova.quizzes.models.attempt import Attempt, AttemptItem, Response
from prova.quizzes.models.hint import HintTaken
from prova.quizzes.models.quiz import FeedbackPolicy, Quiz, QuizItem

__all__ = ["Attempt", "AttemptItem", "FeedbackPolicy", "HintTaken", "Quiz", "QuizItem", "Response"]
