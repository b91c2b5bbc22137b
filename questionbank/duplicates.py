"""Questions that say nearly the same, found through the bands of their texts. Bounded whatever the bank's size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from questionbank.indexing import SearchableText
from questionbank.models import IndexedText
from questionbank.similarity import ALIKE, alike, bands, runs

#: Candidates that are compared letter by letter.
_COMPARED = 200
_PAIRS = 2_000


@dataclass(frozen=True)
class Similar:
    question: int  #: primary key
    slug: str
    title: str
    language: str
    likeness: float  #: 0 to 1
    key: str


@dataclass(frozen=True)
class Pair:
    one: Similar
    other: Similar

    @property
    def likeness(self) -> float:
        return self.one.likeness

    @property
    def same_key(self) -> bool:
        return bool(self.one.key) and self.one.key == self.other.key


def find_similar(
    text: str, language: str, *, but: str = "", least: float = ALIKE, limit: int = 5
) -> list[Similar]:
    """Published questions whose stem and options, in this language, resemble the text; most alike first.

    `but` is the slug of the question being written. One query; at most _COMPARED texts are compared.
    """
    marks = bands(text)
    if not marks:
        return []
    rows = IndexedText.objects.filter(language=language, bands__overlap=marks).exclude(question__slug=but)
    wanted = runs(text)
    found = [
        _similar(row, alike(wanted, runs(SearchableText.from_lines(row.text).compared())))
        for row in rows.select_related("question__card")[:_COMPARED]
    ]
    return sorted((each for each in found if each.likeness >= least), key=_most_alike)[:limit]


def _similar(row: IndexedText, likeness: float) -> Similar:
    return Similar(
        question=row.question_id,
        slug=row.question.slug,
        title=SearchableText.from_lines(row.text).title,
        language=row.language,
        likeness=likeness,
        key=row.question.card.key,
    )


def _most_alike(similar: Similar) -> tuple[float, str]:
    return (-similar.likeness, similar.slug)


def all_pairs(least: float = ALIKE) -> list[Pair]:
    """Every two questions that are alike in some language, each two once, most alike first. Two queries."""
    candidates = _candidates()
    texts = {
        row.pk: row
        for row in IndexedText.objects.filter(
            pk__in={pk for pair in candidates for pk in pair}
        ).select_related("question__card")
    }
    compared = {pk: runs(SearchableText.from_lines(row.text).compared()) for pk, row in texts.items()}
    best: dict[tuple[int, int], Pair] = {}
    for one, other in candidates:
        likeness = alike(compared[one], compared[other])
        if likeness < least:
            continue
        pair = Pair(_similar(texts[one], likeness), _similar(texts[other], likeness))
        key = (pair.one.question, pair.other.question)
        if key not in best or best[key].likeness < likeness:
            best[key] = pair
    return sorted(
        best.values(), key=lambda pair: (not pair.same_key, -pair.likeness, pair.one.slug, pair.other.slug)
    )


def _candidates() -> Sequence[tuple[int, int]]:
    """Texts of one language that share bands; those that share most first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH marks AS (SELECT id, question_id, language, unnest(bands) AS band FROM questionbank_indexedtext)
            SELECT one.id, other.id
            FROM marks one JOIN marks other
                ON one.band = other.band AND one.language = other.language AND one.question_id < other.question_id
            GROUP BY one.id, other.id ORDER BY count(*) DESC, one.id, other.id LIMIT %s
            """,
            [_PAIRS],
        )
        return [(one, other) for one, other in cursor.fetchall()]
