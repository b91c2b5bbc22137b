"""The questions a person may practise in a course, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.practice.rule import Use, may_practise
from prova.quizzes.closing import note_late_ends
from prova.quizzes.models import Attempt, Quiz, QuizItem
from questionbank.items import ITEM_TYPES, Marking


@dataclass(frozen=True)
class Practisable:
    question_id: int
    slug: str
    topic: str


#: Whoever marks these is not here; practising answers at once.
_TYPES = [name for name, item in ITEM_TYPES.items() if item.needs_marking is Marking.NONE]


def practisable(person: User, course: Course, role: Role, now: datetime | None = None) -> list[Practisable]:
    """By topic and slug. Four queries for a learner, two more where a quiz tells its keys
    after closing; one for an instructor, who may read every key anyway."""
    if role == Role.INSTRUCTOR:
        items = QuizItem.objects.filter(quiz__course=course, question__item_type__in=_TYPES)
        return _sorted(Practisable(*row) for row in items.values_list(*_COLUMNS))
    quizzes = _uses_by_quiz(person, course, now or timezone.now())
    uses: dict[Practisable, list[Use]] = defaultdict(list)
    items = QuizItem.objects.filter(quiz__in=quizzes, question__item_type__in=_TYPES)
    for quiz, *row in items.values_list("quiz_id", *_COLUMNS):
        uses[Practisable(*row)].append(quizzes[quiz])
    return _sorted(question for question, asked in uses.items() if may_practise(asked))


_COLUMNS = ("question_id", "question__slug", "question__topic")


def _sorted(found: Iterable[Practisable]) -> list[Practisable]:
    return sorted(set(found), key=lambda question: (question.topic, question.slug))


def _uses_by_quiz(person: User, course: Course, now: datetime) -> Mapping[int, Use]:
    """Every quiz of every course the person learns in, published or not."""
    learns_in = Enrolment.objects.filter(user=person, role=Role.LEARNER).values_list("course_id", flat=True)
    attempts: dict[int, list[bool]] = defaultdict(list)
    for quiz_id, submitted_at in Attempt.objects.filter(learner=person).values_list(
        "quiz_id", "submitted_at"
    ):
        attempts[quiz_id].append(submitted_at is not None)
    quizzes = list(Quiz.objects.filter(course__in=list(learns_in)))
    note_late_ends(quizzes, now)
    return {
        quiz.pk: Use(
            in_course=quiz.course_id == course.pk,
            has_begun=quiz.has_opened(now),
            has_submitted=any(attempts[quiz.pk]),
            has_open_attempt=not all(attempts[quiz.pk]),
            shows_keys=quiz.shows_feedback(now) and quiz.tells_key and quiz.tells_explanations,
        )
        for quiz in quizzes
    }
