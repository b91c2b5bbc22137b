"""Which quizzes go on for somebody after they have closed, for lists of quizzes."""

from collections.abc import Iterable
from datetime import datetime

from prova.quizzes.models import Accommodation, Attempt, FeedbackPolicy, Quiz


def note_late_ends(quizzes: Iterable[Quiz], now: datetime) -> None:
    """So that Quiz.is_over asks nothing: two queries, and none where no key or score waits for a closing."""
    closed = [
        quiz
        for quiz in quizzes
        if quiz.feedback_policy == FeedbackPolicy.AFTER_CLOSE and quiz.has_closed(now)
    ]
    if not closed:
        return
    granted = Accommodation.objects.filter(quiz__in=closed, closes_at__gt=now)
    writing = Attempt.objects.filter(quiz__in=closed, submitted_at=None, deadline_at__gt=now)
    late = {*granted.values_list("quiz_id", flat=True), *writing.values_list("quiz_id", flat=True)}
    for quiz in closed:
        quiz.__dict__["has_late_end"] = quiz.pk in late
