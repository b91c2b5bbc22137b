"""What a draft asks and in which order. A key names a place: "q7" is a question's, "p7" a pool's.

Every verb raises QuizPublished, and NoSuchPart for what somebody else has removed.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from prova.quizzes.actions.locking import lock_quiz
from prova.quizzes.arrangement import Order, Spot, moved, stepped, swapped
from prova.quizzes.authoring_refusals import NoSuchPart, QuizPublished
from prova.quizzes.models import Pool, Quiz, QuizItem, Section
from questionbank.questions import latest_versions
from questionbank.selection import Selection


@transaction.atomic
def add_questions(
    quiz_id: int, slugs: Sequence[str], section_id: int | None = None, points: float = 1.0
) -> int:
    """At the end of the section, in this order; what is asked already stays where it is. Says how many are new."""
    quiz = _lock_draft(quiz_id)
    section = _section(quiz, section_id)
    asked = set(quiz.items.filter(pool__isnull=True).values_list("question__slug", flat=True))
    versions = {version.question.slug: version for version in latest_versions(slugs)}
    new = [slug for slug in dict.fromkeys(slugs) if slug in versions and slug not in asked]
    quiz.items.filter(question__slug__in=new).delete()  # candidates of a pool
    start = _next_position(quiz)
    for position, slug in enumerate(new, start=start):
        version = versions[slug]
        values = {"version": version, "section": section, "position": position, "points": points}
        QuizItem.objects.create(quiz=quiz, question=version.question, **values)
    _renumber(quiz)
    return len(new)


@transaction.atomic
def add_pool(
    quiz_id: int, source: Selection, *, draws: int, section_id: int | None = None, points: float = 1.0
) -> Pool:
    quiz = _lock_draft(quiz_id)
    pool = Pool.objects.create(
        quiz=quiz,
        section=_section(quiz, section_id),
        position=_next_position(quiz),
        draws=draws,
        points=points,
        source=source.to_json(),
    )
    _renumber(quiz)
    return pool


@transaction.atomic
def change_place(quiz_id: int, key: str, changes: dict[str, Any]) -> None:
    """Points and pin; for a pool how many it draws, too."""
    place = _place(_lock_draft(quiz_id), key)
    allowed = {"points", "pin", "draws"} if isinstance(place, Pool) else {"points", "pin"}
    for field in allowed & set(changes):
        setattr(place, field, changes[field])
    place.save(update_fields=list(allowed & set(changes)))


@transaction.atomic
def remove_place(quiz_id: int, key: str) -> None:
    quiz = _lock_draft(quiz_id)
    _place(quiz, key).delete()
    _renumber(quiz)


@transaction.atomic
def step_place(quiz_id: int, key: str, step: int) -> None:
    """One place up (-1) or down (+1)."""
    quiz = _lock_draft(quiz_id)
    _place(quiz, key)
    _arrange(quiz, stepped(order_of(quiz), key, step))


@transaction.atomic
def move_place(quiz_id: int, key: str, to: Spot) -> None:
    quiz = _lock_draft(quiz_id)
    _place(quiz, key)
    _arrange(quiz, moved(order_of(quiz), key, to))


@transaction.atomic
def add_section(quiz_id: int, **fields: Any) -> Section:
    quiz = _lock_draft(quiz_id)
    return Section.objects.create(quiz=quiz, position=quiz.sections.count() + 1, **fields)


@transaction.atomic
def change_section(quiz_id: int, section_id: int, changes: dict[str, Any]) -> Section:
    section = _section(_lock_draft(quiz_id), section_id)
    assert section is not None
    for field, value in changes.items():
        setattr(section, field, value)
    section.save(update_fields=list(changes))
    return section


@transaction.atomic
def remove_section(quiz_id: int, section_id: int) -> None:
    """Its questions stay, at the end of the section before."""
    quiz = _lock_draft(quiz_id)
    section = _section(quiz, section_id)
    assert section is not None
    before = quiz.sections.filter(position__lt=section.position).last()
    order = order_of(quiz)
    quiz.items.filter(section=section).update(section=before)
    quiz.pools.filter(section=section).update(section=before)
    at = section.position
    section.delete()
    for position, each in enumerate(quiz.sections.order_by("position"), start=1):
        Section.objects.filter(pk=each.pk).update(position=position)
    _arrange(quiz, (*order[: at - 1], order[at - 1] + order[at], *order[at + 1 :]))


@transaction.atomic
def step_section(quiz_id: int, section_id: int, step: int) -> None:
    quiz = _lock_draft(quiz_id)
    section = _section(quiz, section_id)
    assert section is not None
    ids = list(quiz.sections.order_by("position").values_list("pk", flat=True))
    for position, pk in enumerate(swapped(ids, section.pk, step), start=1):
        Section.objects.filter(pk=pk).update(position=position)
    _renumber(quiz)


def places_of(quiz: Quiz) -> list[QuizItem | Pool]:
    """Fixed questions and pools, in their order."""
    items: list[QuizItem | Pool] = list(
        quiz.items.filter(pool__isnull=True).select_related("section", "question__card", "version")
    )
    items += quiz.pools.select_related("section")
    return sorted(items, key=lambda each: (each.section.position if each.section else 0, each.position))


def key_of(place: QuizItem | Pool) -> str:
    return f"{'p' if isinstance(place, Pool) else 'q'}{place.pk}"


def order_of(quiz: Quiz) -> Order:
    order: list[list[str]] = [[] for _ in range(quiz.sections.count() + 1)]
    for place in places_of(quiz):
        order[place.section.position if place.section else 0].append(key_of(place))
    return tuple(map(tuple, order))


def _renumber(quiz: Quiz) -> None:
    _arrange(quiz, order_of(quiz))


def _arrange(quiz: Quiz, order: Order) -> None:
    sections = [None, *quiz.sections.order_by("position")]
    places = {key_of(place): place for place in places_of(quiz)}
    position = 0
    for section, keys in zip(sections, order, strict=True):
        for key in keys:
            position += 1
            places[key].position, places[key].section = position, section
    moved_rows = places.values()
    QuizItem.objects.bulk_update(
        [row for row in moved_rows if isinstance(row, QuizItem)], ["position", "section"]
    )
    Pool.objects.bulk_update([row for row in moved_rows if isinstance(row, Pool)], ["position", "section"])


def _next_position(quiz: Quiz) -> int:
    return max((place.position for place in places_of(quiz)), default=0) + 1


def _lock_draft(quiz_id: int) -> Quiz:
    quiz = lock_quiz(quiz_id)
    if quiz.is_published:
        raise QuizPublished
    return quiz


def _section(quiz: Quiz, section_id: int | None) -> Section | None:
    if section_id is None:
        return None
    section = quiz.sections.filter(pk=section_id).first()
    if section is None:
        raise NoSuchPart
    return section


def _place(quiz: Quiz, key: str) -> QuizItem | Pool:
    number = int(key[1:]) if key[1:].isdecimal() and len(key) < 19 else 0
    found: QuizItem | Pool | None = None
    if key.startswith("q"):
        found = quiz.items.filter(pool__isnull=True, pk=number).first()
    elif key.startswith("p"):
        found = quiz.pools.filter(pk=number).first()
    if found is None:
        raise NoSuchPart
    return found
