"""Submitted attempts that were scored with a version of a question that has been corrected since. Only reads."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.courses.texts import text_in
from prova.marking.models import Correction, MarkChange
from prova.quizzes.models import AttemptItem, Quiz
from questionbank.models import QuestionVersion
from questionbank.questions import latest_versions


@dataclass(frozen=True, kw_only=True)
class Outdated:
    slug: str
    title: str
    version: QuestionVersion  #: the newest
    attempts: int
    begun: Correction | None  #: decided, and not through all attempts yet


@dataclass(frozen=True, kw_only=True)
class OutdatedQuiz:
    course: Course
    quiz: Quiz
    attempts: int


def outdated_items(quiz: Quiz, version: QuestionVersion) -> QuerySet[AttemptItem]:
    """Scored with an older version than this one, and by no correction to it."""
    return _outdated(version).filter(attempt__quiz=quiz)


def outdated_quizzes(version: QuestionVersion, instructor: User) -> list[OutdatedQuiz]:
    """Of the courses that this person teaches. Two queries."""
    teaches = Enrolment.objects.filter(user=instructor, role=Role.INSTRUCTOR).values("course")
    counted = (
        _outdated(version)
        .filter(attempt__quiz__course__in=teaches)
        .order_by()
        .values_list("attempt__quiz")
        .annotate(n=Count("attempt", distinct=True))
    )
    counts = dict(counted)
    quizzes = Quiz.objects.filter(pk__in=counts).select_related("course").order_by("course__slug", "slug")
    return [OutdatedQuiz(course=quiz.course, quiz=quiz, attempts=counts[quiz.pk]) for quiz in quizzes]


def _outdated(version: QuestionVersion) -> QuerySet[AttemptItem]:
    handled = MarkChange.objects.filter(attempt_item=OuterRef("pk"), correction__version=version)
    return AttemptItem.objects.filter(
        ~Exists(handled),
        attempt__is_preview=False,
        attempt__submitted_at__isnull=False,
        version__question=version.question_id,
        version__number__lt=version.number,
    )


def outdated_questions(quiz: Quiz) -> list[Outdated]:
    """One query where nothing was corrected, which is nearly always; one more, and two for each question."""
    newer = QuestionVersion.objects.filter(
        question=OuterRef("version__question"), number__gt=OuterRef("version__number")
    )
    asked = AttemptItem.objects.filter(
        Exists(newer), attempt__quiz=quiz, attempt__is_preview=False, attempt__submitted_at__isnull=False
    )
    old = set(asked.order_by().values_list("version__question__slug", flat=True).distinct())
    found = []
    for version in latest_versions(old) if old else ():
        count = outdated_items(quiz, version).aggregate(n=Count("attempt", distinct=True))["n"]
        if count:
            found.append(
                Outdated(
                    slug=version.question.slug,
                    title=text_in(version.content["objective"]),
                    version=version,
                    attempts=count,
                    begun=Correction.objects.filter(
                        quiz=quiz, version=version, finished_at__isnull=True
                    ).first(),
                )
            )
    return found
