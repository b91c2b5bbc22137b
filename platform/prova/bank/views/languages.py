"""The matrix question x language."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prova.bank.facets import states, topics
from prova.bank.views.listing import finder_for
from prova.courses.access import for_instructors
from prova.courses.texts import text_in
from prova.teaching.listing import page_of
from prova.teaching.questions import TextState
from questionbank.completeness import LanguageState
from questionbank.models import IndexCard, Question


@dataclass(frozen=True)
class MatrixRow:
    question: Question
    title: str
    cells: tuple[tuple[str, TextState | None], ...]  #: None: nobody asks for that language


@require_safe
@for_instructors
def languages(request: HttpRequest) -> HttpResponse:
    finder = finder_for(request)
    page = page_of(finder.questions().select_related("card"), request.GET)
    totals = _totals()
    columns = list(totals)
    context = {
        "tab": "languages",
        "tab_is_page": True,
        "filters": finder.filters,
        "topics": topics(finder),
        "states": states(finder),
        "columns": columns,
        "totals": [(language, totals[language]) for language in columns],
        "page": page,
        "rows": [_row(question, columns) for question in page],
    }
    return render(request, "bank/languages.html", context)


def _totals() -> dict[str, list[tuple[TextState, int]]]:
    """How many questions of the whole bank are in each state, by language."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in IndexCard.objects.order_by().values("texts").annotate(count=Count("pk")):
        for language, state in row["texts"].items():
            counts[language, state] += row["count"]
    return {
        language: [(TextState(state.value), counts[language, state.value]) for state in LanguageState]
        for language in sorted({language for language, _state in counts})
    }


def _row(question: Question, columns: list[str]) -> MatrixRow:
    states = question.card.texts
    cells = tuple(
        (language, TextState(states[language]) if language in states else None) for language in columns
    )
    return MatrixRow(question, text_in(question.card.titles), cells)
