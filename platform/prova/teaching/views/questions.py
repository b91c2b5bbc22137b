from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prova.courses.models import Course
from prova.teaching.access import instructors_only
from prova.teaching.listing import Sorting, page_of
from prova.teaching.previews import face_of, tolerance_text
from prova.teaching.questions import (
    COLUMNS,
    Entry,
    Filters,
    ItemType,
    Level,
    arranged,
    entries_of,
    labels,
    text_states,
    topics_of,
)
from prova.teaching.spreadsheet import Cell, csv_response
from questionbank.models import Question, QuestionVersion
from questionbank.questions import definition_of, item_of

BY_TOPIC = "topic"


@instructors_only
def questions(request: HttpRequest, course: Course) -> HttpResponse:
    filters = Filters.read(request.GET)
    sorting = Sorting.read(request.GET, COLUMNS, default=BY_TOPIC)
    entries = entries_of(course)
    context = {
        "course": course,
        "tab": "questions",
        "tab_is_page": True,
        "filters": filters,
        "is_filtered": filters != Filters(),
        "topics": topics_of(entries),
        "types": ItemType.choices,
        "levels": Level.choices,
        "headers": sorting.headers(COLUMNS),
        "page": page_of(arranged(entries, filters, sorting), request.GET),
    }
    return render(request, "teaching/questions.html", context)


@instructors_only
def questions_csv(request: HttpRequest, course: Course) -> HttpResponse:
    sorting = Sorting.read(request.GET, COLUMNS, default=BY_TOPIC)
    entries = arranged(entries_of(course), Filters.read(request.GET), sorting)
    header = ["question", "topic", "type", "level", "version", "variants", "objective", "source", "texts"]
    return csv_response("questions.csv", header, map(_row, entries))


def _row(entry: Entry) -> list[Cell]:
    return [
        entry.slug,
        entry.definition.topic,
        entry.definition.type,
        entry.definition.level,
        entry.version.number,
        entry.variants,
        entry.title,
        entry.definition.source,
        " ".join(f"{language}:{state.value}" for language, state in entry.texts),
    ]


@instructors_only
def question(request: HttpRequest, course: Course, question: str) -> HttpResponse:
    found = get_object_or_404(Question, slug=question)
    versions = list(found.versions.order_by("-number"))
    version = _asked(versions, request.GET.get("version", ""))
    items = [(variant, item_of(version, variant)) for variant in version.variants.order_by("number")]
    definition = definition_of(version)
    language = get_language() or "en"
    context = {
        "course": course,
        "tab": "questions",
        "question": found,
        "version": version,
        "versions": versions,
        "definition": definition,
        "type_label": labels(ItemType).get(definition.type, definition.type),
        "level_label": labels(Level).get(definition.level, definition.level),
        "tolerance": tolerance_text(definition, language),
        "texts": list(text_states(definition).items()),
        "faces": [face_of(items[0][1], each) for each in sorted(definition.texts)],
        "previews": [(variant, face_of(item, language)) for variant, item in items],
    }
    return render(request, "teaching/question.html", context)


def _asked(versions: list[QuestionVersion], number: str) -> QuestionVersion:
    if not number and versions:
        return versions[0]
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404(_("This question has no such version."))
