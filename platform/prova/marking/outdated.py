"""Submitted attempts that were scored with a version of a question that has been corrected since. Only reads."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.courses.texts import text_in
from prova.marking.models import Correction, MarkChange
from prova.quizzes.models import AttemptItem, Quiz
from questionbank.models import QuestionVersion
from questionbank.models import Variant as VariantRow
from questionbank.questions import definition_of, latest_versions, variant_of
from questionbank.rescoring import scores_alike
from questionbank.variant import Variant


@dataclass(frozen=True, kw_only=True)
class Outdated:
    slug: str
    title: str
    version: QuestionVersion  #: the newest
    attempts: int  #: that may score otherwise now
    reworded: int  #: that met other words, with the same key and scoring
    begun: Correction | None  #: decided, and not through all attempts yet


@dataclass(frozen=True, kw_only=True)
class OutdatedQuiz:
    course: Course
    quiz: Quiz
    attempts: int  #: that may score otherwise now
    reworded: int  #: that met other words, with the same key and scoring


def outdated_items(quiz: Quiz, version: QuestionVersion) -> QuerySet[AttemptItem]:
    """Scored with an older version than this one, and by no correction to it."""
    return _outdated(version).filter(attempt__quiz=quiz)


def outdated_quizzes(version: QuestionVersion, instructor: User) -> list[OutdatedQuiz]:
    """Of the courses that this person teaches. Four queries."""
    teaches = Enrolment.objects.filter(user=instructor, role=Role.INSTRUCTOR).values("course")
    found = _outdated(version).filter(attempt__quiz__course__in=teaches).order_by()
    counted = found.values_list("attempt__quiz", "version").annotate(n=Count("attempt", distinct=True))
    alike = _alike(version)
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for quiz_id, older, count in counted:
        counts[quiz_id][older in alike] += count
    quizzes = Quiz.objects.filter(pk__in=counts).select_related("course").order_by("course__slug", "slug")
    return [
        OutdatedQuiz(course=quiz.course, quiz=quiz, attempts=counts[quiz.pk][0], reworded=counts[quiz.pk][1])
        for quiz in quizzes
    ]


def _alike(version: QuestionVersion) -> set[int]:
    """The older versions under which every answer scores as it does under this one. Two queries."""
    older = version.question.versions.filter(number__lt=version.number)
    versions = {each.pk: each for each in (*older, version)}
    variants: dict[int, dict[int, Variant]] = defaultdict(dict)
    for drawn in VariantRow.objects.filter(version__in=versions):
        variants[drawn.version_id][drawn.number] = variant_of(drawn)
    new = definition_of(version)
    return {
        pk
        for pk, each in versions.items()
        if pk != version.pk and scores_alike(definition_of(each), new, variants[pk], variants[version.pk])
    }


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
    """One query where nothing was corrected, which is nearly always; one more, and four for each question."""
    newer = QuestionVersion.objects.filter(
        question=OuterRef("version__question"), number__gt=OuterRef("version__number")
    )
    asked = AttemptItem.objects.filter(
        Exists(newer), attempt__quiz=quiz, attempt__is_preview=False, attempt__submitted_at__isnull=False
    )
    old = set(asked.order_by().values_list("version__question__slug", flat=True).distinct())
    found = []
    for version in latest_versions(old) if old else ():
        met = outdated_items(quiz, version).order_by().values_list("version")
        counts = dict(met.annotate(n=Count("attempt", distinct=True)))
        if counts:
            reworded = sum(counts[older] for older in _alike(version) & counts.keys())
            found.append(
                Outdated(
                    slug=version.question.slug,
                    title=text_in(version.content["objective"]),
                    version=version,
                    attempts=sum(counts.values()) - reworded,
                    reworded=reworded,
                    begun=Correction.objects.filter(
                        quiz=quiz, version=version, finished_at__isnull=True
                    ).first(),
                )
            )
    return found
