"""Which questions are meant: a value that can be stored and told, and the query it stands for.

questions_in(Selection(topic="pruning", level="apply"))    for pools, lists and facets alike
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.db.models import Q, QuerySet

from questionbank.models import Collection, Question


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Every part narrows; an empty part means all."""

    topic: str = ""
    level: str = ""
    item_type: str = ""
    parameterised: bool | None = None  #: None: either
    #: {language: "ok" | "stale" | "missing"}, all of them
    texts: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()  #: folded names, all of them
    collection: str = ""  #: its slug
    slugs: tuple[str, ...] | None = None  #: only these; None: any

    def without(self, name: str) -> Selection:
        """As if nobody had asked for this part: what else could be chosen there."""
        empty = next(each for each in fields(self) if each.name == name)
        made = empty.default_factory() if callable(empty.default_factory) else empty.default
        changes: dict[str, Any] = {name: made}
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Only what narrows."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, (), {})}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Selection:
        """ValueError: an unknown part."""
        unknown = set(data) - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"a selection of questions has no {', '.join(sorted(unknown))}")
        lists = {name: tuple(data[name]) for name in ("tags", "slugs") if data.get(name) is not None}
        return cls(**{**data, **lists})

    def condition(self) -> Q:
        """Everything but tags, each of which needs a join of its own."""
        wanted = Q()
        for path, value in (
            ("topic", self.topic),
            ("card__level", self.level),
            ("item_type", self.item_type),
            ("collections__slug", self.collection),
        ):
            if value:
                wanted &= Q(**{path: value})
        if self.parameterised is not None:
            wanted &= ~Q(card__generator="") if self.parameterised else Q(card__generator="")
        if self.texts:
            wanted &= Q(card__texts__contains=dict(self.texts))
        if self.slugs is not None:
            wanted &= Q(slug__in=self.slugs)
        return wanted


def questions_in(selection: Selection | Collection) -> QuerySet[Question]:
    """Published questions, each once: a collection's in its own order, a selection's by topic and slug."""
    if isinstance(selection, Collection):
        return Question.objects.filter(collection_items__collection=selection).order_by(
            "collection_items__position"
        )
    found = Question.objects.filter(selection.condition(), card__isnull=False)
    for tag in selection.tags:
        found = found.filter(tags__folded=tag)
    return found


def tagged(*names: str) -> Selection:
    """With all of these tags, however they are written."""
    from questionbank.tags import folded

    return Selection(tags=tuple(map(folded, names)))


def in_order(questions: Iterable[Question], slugs: Iterable[str]) -> list[Question]:
    """As the slugs are ordered; what is not among them is left out."""
    by_slug = {question.slug: question for question in questions}
    return [by_slug[slug] for slug in slugs if slug in by_slug]
