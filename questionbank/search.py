"""Finding questions by words, in the grammar of each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, FloatField, Max, Q, QuerySet, Value, When

from questionbank.excerpt import START, STOP, Piece, joined, passage, spans_in
from questionbank.indexing import configuration_of
from questionbank.models import IndexedText, Question
from questionbank.searchable import asked, folded, spellings, words

#: A query longer than this is cut: nobody types more, and each word costs.
LONGEST_QUERY = 300
_MARKS = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'


@dataclass(frozen=True)
class Found:
    """Why a question was found."""

    language: str
    pieces: tuple[Piece, ...]


def indexed_languages() -> list[str]:
    """Of all texts, by name."""
    return list(IndexedText.objects.order_by("language").values_list("language", flat=True).distinct())


def query_in(query: str, language: str) -> SearchQuery:
    """The query in the grammar of the language, with and without accents."""
    configuration = configuration_of(language)
    return reduce(
        or_,
        (
            SearchQuery(spelling, config=configuration, search_type="websearch")
            for spelling in _spellings(query)
        ),
    )


def _spellings(query: str) -> tuple[str, ...]:
    return spellings(asked(query.replace("\0", "")[:LONGEST_QUERY]))


def matching_texts(query: str, languages: Iterable[str]) -> QuerySet[IndexedText]:
    """Texts of these languages that match."""
    fits = Q(pk__in=[])
    for language in languages:
        fits |= Q(language=language, document=query_in(query, language))
    return IndexedText.objects.filter(fits)


def found_by(questions: QuerySet[Question], query: str, languages: Sequence[str]) -> QuerySet[Any]:
    """Those that match in any of the languages, with `relevance`, higher is better."""
    fits = Q(pk__in=[])
    ranks = []
    for language in languages:
        wanted = query_in(query, language)
        fits |= Q(indexed_texts__language=language, indexed_texts__document=wanted)
        rank = SearchRank(F("indexed_texts__document"), wanted)
        ranks.append(When(indexed_texts__language=language, then=rank))
    best = Max(Case(*ranks, default=Value(0.0), output_field=FloatField()))
    return questions.filter(fits).annotate(relevance=best)


def excerpts(questions: Iterable[int], query: str, languages: Sequence[str]) -> dict[int, Found]:
    """By question; of several languages that match, the first of `languages`. Two queries."""
    rows = matching_texts(query, languages).filter(question__in=list(questions))
    texts: dict[int, tuple[str, str]] = {}
    for language, question, text in sorted(
        rows.values_list("language", "question_id", "text"), key=lambda row: languages.index(row[0])
    ):
        # the title is on the page already
        texts.setdefault(question, (language, " ".join(text.split("\n")[1:])))
    marked = _marked(query, list(texts.values()))
    return {
        question: Found(language, tuple(passage(text, spans)))
        for (question, (language, text)), spans in zip(texts.items(), marked, strict=True)
    }


def _marked(query: str, texts: Sequence[tuple[str, str]]) -> list[list[tuple[int, int]]]:
    """Where each text matches; looked up in it as it is and without accents."""
    if not texts:
        return []
    spelt = _spellings(query)
    wanted = " || ".join(["websearch_to_tsquery(configuration::regconfig, %s)"] * len(spelt))
    numbers, configurations, forms = [], [], []
    for number, (language, text) in enumerate(texts):
        for form in dict.fromkeys((words(text), folded(words(text)))):
            numbers.append(number)
            configurations.append(configuration_of(language))
            forms.append(form)
    spans: list[list[tuple[int, int]]] = [[] for _ in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, ts_headline(configuration::regconfig, form, {wanted}, %s)"
            " FROM unnest(%s::int[], %s::text[], %s::text[]) AS texts (number, configuration, form)",
            [*spelt, _MARKS, numbers, configurations, forms],
        )
        for number, text in cursor.fetchall():
            spans[number] += spans_in(text, len(texts[number][1]))
    return [joined(each) for each in spans]
