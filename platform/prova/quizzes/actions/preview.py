from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import User
from prova.quizzes.actions.paper import write_paper
from prova.quizzes.actions.publish import check_readiness
from prova.quizzes.models import Attempt, Quiz
from prova.quizzes.timing import TimeRules, deadline

#: learners' attempts are counted from 1
PREVIEW_NUMBER = 0


@transaction.atomic
def start_preview(quiz: Quiz, instructor: User, now: datetime | None = None) -> Attempt:
    """A new paper as a learner would get it, at any time; it never counts, and takes the place of the last one."""
    now = now or timezone.now()
    quiz = check_readiness(quiz.pk)
    Attempt.with_previews.filter(quiz=quiz, learner=instructor, is_preview=True).delete()
    attempt = Attempt(quiz=quiz, learner=instructor, number=PREVIEW_NUMBER, started_at=now, is_preview=True)
    attempt.deadline_at = deadline(TimeRules(time_limit_s=quiz.time_limit_s), None, now)
    return write_paper(attempt)
