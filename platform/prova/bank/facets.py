"""What can be chosen on the list page, each with how many questions it would leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.bank.filters import NOWHERE
from prova.bank.finding import Finder, Option, counted, options, quiz_counts
from prova.bank.languages import name_of, state_label
from prova.bank.origins import origin_labels
from prova.courses.texts import text_in
from prova.courses.topics import label_of
from prova.quizzes.models import QuizItem
from prova.teaching.questions import ItemType, Level, labels
from questionbank.collections import visible_to
from questionbank.completeness import LanguageState


@dataclass(frozen=True, kw_only=True)
class Facets:
    topics: list[Option]
    levels: list[Option]
    types: list[Option]
    parameterised: list[Option]
    states: list[Option]
    tags: list[Option]
    collections: list[Option]
    used: list[Option]
    origins: list[Option]
    authors: list[Option]
    languages: list[Option]


def facets_of(finder: Finder, user: object) -> Facets:
    """Eleven queries, whatever the bank's size."""
    return Facets(
        topics=topics(finder),
        levels=_labelled(finder, "level", "card__level", labels(Level), finder.filters.selection.level),
        types=_labelled(
            finder, "item_type", "item_type", labels(ItemType), finder.filters.selection.item_type
        ),
        parameterised=_parameterised(finder),
        states=states(finder),
        tags=_tags(finder),
        collections=_collections(finder, user),
        used=_used(finder),
        origins=_origins(finder),
        authors=_authors(finder),
        languages=[
            Option(language, name_of(language), 0, language == finder.filters.language)
            for language in finder.languages
        ],
    )


def topics(finder: Finder) -> list[Option]:
    counts = counted(finder.without("topic"), "topic")
    named = sorted((label_of(topic), topic, count) for topic, count in counts.items())
    return options([(topic, label, count) for label, topic, count in named], finder.filters.selection.topic)


def _labelled(finder: Finder, part: str, path: str, names: dict[str, str], chosen: str) -> list[Option]:
    counts = counted(finder.without(part), path)
    order = [*names, *sorted(set(counts) - set(names))]
    return options(
        [(value, names.get(value, value), counts[value]) for value in order if counts[value]],
        chosen,
        [(chosen, names.get(chosen, chosen))] if chosen else (),
    )


def _parameterised(finder: Finder) -> list[Option]:
    counts = counted(finder.without("parameterised"), "card__generator")
    fixed = counts.pop("", 0)
    chosen = {True: "yes", False: "no", None: ""}[finder.filters.selection.parameterised]
    return options([("yes", _("yes"), counts.total()), ("no", _("no"), fixed)], chosen)


def states(finder: Finder) -> list[Option]:
    counts: Counter[tuple[str, str]] = Counter()
    for row in finder.without("texts").order_by().values("card__texts").annotate(count=Count("pk")):
        for language, state in row["card__texts"].items():
            counts[state, language] += row["count"]
    listed = [
        (f"{state}:{language}", f"{name_of(language)}: {state_label(state)}", counts[state, language])
        for language in sorted({language for _state, language in counts})
        for state in (LanguageState.MISSING, LanguageState.STALE, LanguageState.OK)
        if counts[state, language]
    ]
    chosen = finder.filters.state
    state, _colon, language = chosen.partition(":")
    always = [(chosen, f"{name_of(language)}: {state_label(state)}")] if chosen else []
    return options(listed, chosen, always)


def _tags(finder: Finder) -> list[Option]:
    rows = (
        finder.without("tags")
        .order_by("tags__folded")
        .filter(tags__isnull=False)
        .values("tags__folded", "tags__name")
        .annotate(count=Count("pk", distinct=True))
    )
    tags = finder.filters.selection.tags
    return options(
        [(row["tags__folded"], row["tags__name"], row["count"]) for row in rows], tags[0] if tags else ""
    )


def _collections(finder: Finder, user: object) -> list[Option]:
    rows = (
        visible_to(user)
        .filter(questions__in=finder.without("collection").order_by().values("pk"))
        .annotate(count=Count("questions", distinct=True))
    )
    chosen = finder.filters.selection.collection
    return options([(row.slug, text_in(row.titles), row.count) for row in rows], chosen)


def _used(finder: Finder) -> list[Option]:
    found = finder.without("used")
    quizzes = quiz_counts(found, finder.courses)
    asked = QuizItem.objects.filter(question__isnull=False).values("question")
    nowhere = found.exclude(pk__in=asked).count()
    listed = [(NOWHERE, _("in no quiz"), nowhere)]
    return options(
        [*listed, *((pk, title, count) for pk, (title, count) in quizzes.items())], finder.filters.used
    )


def _authors(finder: Finder) -> list[Option]:
    """Whoever published a version of it, the newest or one before."""
    found = finder.without("author").order_by().values("pk")
    people = (
        User.objects.filter(published_questions__question__in=found)
        .annotate(count=Count("published_questions__question", distinct=True))
        .order_by("first_name", "last_name", "username")
    )
    listed = [(each.username, each.name(), each.count) for each in people]
    return options(listed, finder.filters.author)


def _origins(finder: Finder) -> list[Option]:
    return _labelled(finder, "origin", "card__version__origin", origin_labels(), finder.filters.origin)
