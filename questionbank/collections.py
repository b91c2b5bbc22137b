"""Named lists of questions in an order. Each verb is one transaction that locks the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.text import slugify

from questionbank.models import Collection, CollectionItem, Question


class CollectionProblem(ValueError):
    """What was asked for makes no collection: the title says nothing, or is taken."""

    def __init__(self, message: str, *, is_taken: bool = False) -> None:
        super().__init__(message)
        self.is_taken = is_taken


def visible_to(user: Any) -> QuerySet[Collection]:
    """One's own, and what others share."""
    return Collection.objects.filter(Q(owner=user) | Q(is_shared=True))


@transaction.atomic
def make_collection(
    owner: Any,
    titles: Mapping[str, str],
    descriptions: Mapping[str, str] | None = None,
    *,
    is_shared: bool = True,
) -> Collection:
    """CollectionProblem: there is no title, or one that makes the same address as another's."""
    said = _said(titles)
    slug = slugify(next(iter(said.values()), ""))[:100]
    if not slug:
        raise CollectionProblem("a collection needs a title with at least one letter")
    try:
        with transaction.atomic():
            return Collection.objects.create(
                slug=slug,
                titles=said,
                descriptions=_said(descriptions or {}),
                owner=owner,
                is_shared=is_shared,
            )
    except IntegrityError:
        raise CollectionProblem(
            f"there is a collection “{slug}” already; choose another title", is_taken=True
        ) from None


def describe_collection(
    collection: Collection, titles: Mapping[str, str], descriptions: Mapping[str, str], *, is_shared: bool
) -> None:
    """New words; its address stays. CollectionProblem: no title."""
    if not _said(titles):
        raise CollectionProblem("a collection needs a title with at least one letter")
    Collection.objects.filter(pk=collection.pk).update(
        titles=_said(titles), descriptions=_said(descriptions), is_shared=is_shared
    )


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


@transaction.atomic
def add_to_collection(collection: Collection, questions: Iterable[Question]) -> int:
    """At its end, those that are not in it yet; how many."""
    _lock(collection)
    known = set(collection.items.values_list("question_id", flat=True))
    last = collection.items.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    new = [question for question in dict.fromkeys(questions) if question.pk not in known]
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=collection, question=question, position=first + place)
        for place, question in enumerate(new)
    )
    return len(new)


@transaction.atomic
def remove_from_collection(collection: Collection, questions: Iterable[Question]) -> int:
    _lock(collection)
    removed, _ = collection.items.filter(question__in=list(questions)).delete()
    return removed


@transaction.atomic
def move_in_collection(collection: Collection, question: Question, steps: int) -> None:
    """Towards the start (negative) or the end; at either end it stays."""
    _lock(collection)
    items = list(collection.items.all())
    at = next((place for place, item in enumerate(items) if item.question_id == question.pk), None)
    if at is None:
        return
    items.insert(max(0, at + steps), items.pop(at))
    for position, item in enumerate(items):
        item.position = position
    CollectionItem.objects.bulk_update(items, ["position"])


def _lock(collection: Collection) -> None:
    Collection.objects.select_for_update().get(pk=collection.pk)
