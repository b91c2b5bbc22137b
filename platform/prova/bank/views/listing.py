"""The list: search, filters, and what is done with the questions ticked on it."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prova.accounts.models import User
from prova.bank.facets import facets_of
from prova.bank.figures import courses_taught_by, figures_in
from prova.bank.filters import Filters
from prova.bank.finding import Finder
from prova.bank.rows import Row, rows_of
from prova.bank.sorts import sort_options
from prova.courses.access import for_instructors
from prova.teaching.listing import page_of
from prova.teaching.spreadsheet import Cell, csv_response
from questionbank.collections import visible_to
from questionbank.models import Question
from questionbank.search import indexed_languages

_HEADER = [
    "question",
    "topic",
    "type",
    "level",
    "version",
    "variants",
    "objective",
    "source",
    "texts",
    "tags",
    "quizzes",
    "answers",
    "facility",
    "discrimination",
]


@require_safe
@for_instructors
def bank(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    finder = finder_for(request)
    page = page_of(_with_cards(finder.questions()), request.GET)
    context = {
        "tab": "questions",
        "tab_is_page": True,
        "filters": finder.filters,
        "facets": facets_of(finder, user),
        "sorts": sort_options(finder.filters),
        "page": page,
        "rows": rows_of(list(page), finder),
        "own_collections": visible_to(user).filter(owner=user),
    }
    return render(request, "bank/bank.html", context)


@require_safe
@for_instructors
def bank_csv(request: HttpRequest) -> HttpResponse:
    finder = finder_for(request)
    rows = rows_of(list(_with_cards(finder.questions())), finder)
    return csv_response("question-bank.csv", _HEADER, map(_cells, rows))


def finder_for(request: HttpRequest) -> Finder:
    filters = Filters.read(request.GET.dict())
    courses = tuple(courses_taught_by(cast(User, request.user)))
    return Finder(
        filters=filters,
        languages=tuple(_readers_first(indexed_languages(), request)),
        courses=courses,
        figures=figures_in(courses) if filters.needs_figures else None,
    )


def _readers_first(languages: list[str], request: HttpRequest) -> list[str]:
    reader = getattr(request, "LANGUAGE_CODE", "")
    return sorted(languages, key=lambda language: (language != reader, language))


def _with_cards(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.select_related("card__version").prefetch_related("tags")


def _cells(row: Row) -> list[Cell]:
    figures = row.figures
    return [
        row.question.slug,
        row.question.topic,
        row.question.item_type,
        row.card.level,
        row.card.version.number,
        row.card.variant_count,
        row.title,
        row.card.source,
        " ".join(f"{language}:{state.value}" for language, state in row.texts),
        ", ".join(tag.name for tag in row.tags),
        ", ".join(row.quizzes),
        figures.answers,
        figures.facility,
        figures.discrimination,
    ]
