"""Everything there is to know about one question, in a number of queries fixed by its languages and variants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Value

from prova.courses.texts import text_in
from prova.quizzes.models import AttemptItem, Pool, QuizItem
from questionbank.duplicates import Similar, find_similar
from questionbank.indexing import SearchableText
from questionbank.models import Question, QuestionVersion
from questionbank.selection import Selection, questions_in


@dataclass(frozen=True)
class Use:
    """A quiz that asks the question."""

    course: str  #: slug
    quiz: str  #: slug
    title: str
    version: int
    is_published: bool
    attempts: int  #: submitted ones that met the question
    is_drawn: bool  #: by a pool, so not by every attempt


@dataclass(frozen=True)
class Chance:
    """A quiz whose pool fits the question, but has not taken it: it may be drawn once the quiz is published next."""

    course: str  #: slug
    quiz: str  #: slug
    title: str


@dataclass(frozen=True)
class Uses:
    own: tuple[Use, ...]  #: in courses the person teaches
    chances: tuple[Chance, ...]  #: likewise
    elsewhere: int  #: quizzes of other courses
    attempts: int  #: submitted ones anywhere, in quizzes it has left too


def versions_of(question: Question) -> QuerySet[QuestionVersion]:
    """Newest first, with who published each."""
    return question.versions.select_related("published_by").order_by("-number")


def uses_of(question: Question, courses: Sequence[int]) -> Uses:
    met = Count(
        "attempt_items",
        filter=Q(
            attempt_items__attempt__submitted_at__isnull=False, attempt_items__attempt__is_preview=False
        ),
    )
    items = (
        QuizItem.objects.filter(question=question).select_related("quiz__course", "version").annotate(met=met)
    )
    taken = {item.quiz_id for item in items}
    own = [item for item in items.order_by("quiz__slug") if item.quiz.course_id in set(courses)]
    attempts = AttemptItem.objects.filter(
        version__question=question, attempt__submitted_at__isnull=False, attempt__is_preview=False
    )
    return Uses(
        own=tuple(
            Use(
                course=item.quiz.course.slug,
                quiz=item.quiz.slug,
                title=text_in(item.quiz.titles),
                version=item.version.number,
                is_published=item.quiz.is_published,
                attempts=item.met,
                is_drawn=item.pool_id is not None,
            )
            for item in own
        ),
        chances=_chances(question, courses, but=taken),
        elsewhere=len(items) - len(own),
        attempts=attempts.count(),
    )


def _chances(question: Question, courses: Sequence[int], *, but: Collection[int]) -> tuple[Chance, ...]:
    """Two queries, however many pools there are."""
    pools = list(
        Pool.objects.filter(quiz__course__in=courses)
        .exclude(quiz__in=but)
        .select_related("quiz__course")
        .order_by("quiz__slug", "position")
    )
    fitting = [_fits(question, pool) for pool in pools]
    drawn_by = set(fitting[0].union(*fitting[1:], all=True)) if fitting else set()
    quizzes = {pool.quiz_id: pool.quiz for pool in pools if pool.pk in drawn_by}
    return tuple(Chance(each.course.slug, each.slug, text_in(each.titles)) for each in quizzes.values())


def _fits(question: Question, pool: Pool) -> QuerySet[Question, int]:
    """The pool's primary key, if it may draw the question."""
    found = questions_in(Selection.from_json(pool.source)).filter(pk=question.pk).order_by()
    return found.annotate(pool=Value(pool.pk)).values_list("pool", flat=True)


def similar_to(question: Question) -> list[tuple[Similar, bool]]:
    """(other question, its key is equal), most alike first; a question alike in several languages is told once."""
    best: dict[int, Similar] = {}
    for row in question.indexed_texts.order_by("language"):
        compared = SearchableText.from_lines(row.text).compared()
        for other in find_similar(compared, row.language, but=question.slug):
            if other.question not in best or best[other.question].likeness < other.likeness:
                best[other.question] = other
    own = question.card.key
    ordered = sorted(best.values(), key=lambda other: (-other.likeness, other.slug))
    return [(other, bool(own) and other.key == own) for other in ordered]
