"""The questions a person may practise in a course, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
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


def practisable(
    person: User,
    course: Course,
    role: Role,
    now: datetime | None = None,
    *,
    among: Collection[int] | None = None,
) -> list[Practisable]:
    """By topic and slug; of the questions numbered `among` only. Two queries for a learner, two more where a quiz
    tells its keys after closing; one for an instructor, who may read every key anyway."""
    asked = QuizItem.objects.filter(question__item_type__in=_TYPES)
    if among is not None:
        asked = asked.filter(question__in=among)
    if role == Role.INSTRUCTOR:
        return _sorted(Practisable(*row) for row in asked.filter(quiz__course=course).values_list(*_COLUMNS))
    quizzes = _uses_by_quiz(person, course, now or timezone.now())
    uses: dict[Practisable, list[Use]] = defaultdict(list)
    items = asked.filter(quiz__in=quizzes)
    for quiz, *row in items.values_list("quiz_id", *_COLUMNS):
        uses[Practisable(*row)].append(quizzes[quiz])
    return _sorted(question for question, by in uses.items() if may_practise(by))


_COLUMNS = ("question_id", "question__slug", "question__topic")


def _sorted(found: Iterable[Practisable]) -> list[Practisable]:
    return sorted(set(found), key=lambda question: (question.topic, question.slug))


def _uses_by_quiz(person: User, course: Course, now: datetime) -> Mapping[int, Use]:
    """Every quiz of every course the person learns in, published or not."""
    learns_in = Enrolment.objects.filter(user=person, role=Role.LEARNER).values("course_id")
    mine = Attempt.objects.filter(quiz=OuterRef("pk"), learner=person)
    found = Quiz.objects.filter(course__in=learns_in).annotate(
        has_open=Exists(mine.filter(submitted_at=None)),
        has_submitted=Exists(mine.exclude(submitted_at=None)),
    )
    quizzes = list(found)
    note_late_ends(quizzes, now)
    return {
        quiz.pk: Use(
            in_course=quiz.course_id == course.pk,
            has_begun=quiz.has_opened(now),
            has_submitted=quiz.has_submitted,
            has_open_attempt=quiz.has_open,
            shows_keys=quiz.shows_feedback(now) and quiz.tells_key and quiz.tells_explanations,
        )
        for quiz in quizzes
    }
