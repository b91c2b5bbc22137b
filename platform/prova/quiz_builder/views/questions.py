"""What a quiz asks: found in the bank, put in order, worth points. One form, so that it works without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.accounts.models import User
from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.quiz_builder.access import for_builders, told
from prova.quiz_builder.finding import BankSearch
from prova.quiz_builder.forms import read_texts, text_rows
from prova.quiz_builder.sources import source_text
from prova.quiz_builder.views.settings import page_of
from prova.quizzes.actions import structure
from prova.quizzes.actions.publish import check_readiness
from prova.quizzes.arrangement import Spot
from prova.quizzes.models import Pin, Pool, Quiz, QuizItem, Section
from prova.teaching.questions import kind_label
from questionbank.selection import Selection

MOST_POINTS = 1000.0


@dataclass(frozen=True)
class Line:
    """A place of the quiz on the page."""

    key: str
    place: QuizItem | Pool
    name: str  #: a pool's in words, a question's objective
    kind: str  #: a question's type, in the page's language; empty for a pool
    size: int | None  #: of a pool

    @property
    def is_pool(self) -> bool:
        return self.size is not None


@dataclass(frozen=True)
class Part:
    section: Section | None
    titles: list[tuple[str, str, str]]
    instructions: list[tuple[str, str, str]]
    lines: list[Line]


@for_builders("GET", "POST")
def questions(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    if request.method == "POST":
        if told(request, lambda: _do(request, quiz)):
            check_readiness(quiz.pk)
        page = redirect("quiz_builder:questions", course.slug, quiz.slug)
        asked = request.GET.urlencode()
        place = "find" if request.POST.get("do") in {"add", "pool"} else "asked"
        page["Location"] += (f"?{asked}" if asked else "") + f"#{place}"
        return page
    parts = _parts(quiz)
    context = {
        **page_of(course, quiz, "questions"),
        "parts": parts,
        "has_places": any(part.section or part.lines for part in parts),
        "pins": Pin.choices,
        "search": BankSearch.read(request.GET, quiz, _person(request)),
        "sections": list(quiz.sections.all()),
    }
    return render(request, "quiz_builder/questions.html", context)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # for_builders lets nobody else in
    return request.user


def _parts(quiz: Quiz) -> list[Part]:
    places = structure.places_of(quiz)
    sizes = {pool.pk: pool.items.count() for pool in quiz.pools.prefetch_related("items")}
    return [
        Part(
            section=section,
            titles=text_rows(section.titles if section else {}),
            instructions=text_rows(section.instructions if section else {}),
            lines=[
                _line(place, sizes)
                for place in places
                if place.section_id == (section.pk if section else None)
            ],
        )
        for section in (None, *quiz.sections.all())
    ]


def _line(place: QuizItem | Pool, sizes: dict[int, int]) -> Line:
    if isinstance(place, Pool):
        name = source_text(Selection.from_json(place.source))
        return Line(structure.key_of(place), place, name, "", sizes[place.pk])
    question = place.question
    kind = kind_label(question.item_type)
    return Line(structure.key_of(place), place, text_in(question.card.titles), kind, None)


def _do(request: HttpRequest, quiz: Quiz) -> None:
    """Every button also keeps the points and pins that were typed. Raises AuthoringRefusal."""
    posted = request.POST
    verb, _colon, argument = posted.get("do", "save").partition(":")
    for key, changes in _typed(posted):
        structure.change_place(quiz.pk, key, changes)
    for section in quiz.sections.all():
        _save_section(quiz, section, posted)
    if verb in {"up", "down"}:
        structure.step_place(quiz.pk, argument, -1 if verb == "up" else 1)
    elif verb == "move":
        key, to_section, index = (*argument.split(":"), "0", "0")[:3]
        structure.move_place(quiz.pk, key, Spot(_whole(to_section), _whole(index)))
    elif verb == "remove":
        structure.remove_place(quiz.pk, argument)
    elif verb == "add":
        _add(request, quiz)
    elif verb == "pool":
        _add_pool(request, quiz)
    elif verb == "section":
        structure.add_section(quiz.pk)
    elif verb in {"section-up", "section-down"}:
        structure.step_section(quiz.pk, _whole(argument), -1 if verb == "section-up" else 1)
    elif verb == "section-remove":
        structure.remove_section(quiz.pk, _whole(argument))


def _add(request: HttpRequest, quiz: Quiz) -> None:
    slugs = request.POST.getlist("question")[:500]
    count = structure.add_questions(quiz.pk, slugs, _section_id(request.POST))
    messages.success(request, ngettext("%d question added.", "%d questions added.", count) % count)


def _add_pool(request: HttpRequest, quiz: Quiz) -> None:
    slugs = tuple(request.POST.getlist("question")[:500])
    source = (
        Selection(slugs=slugs) if slugs else BankSearch.read(request.GET, quiz, _person(request)).selection
    )
    draws = max(_whole(request.POST.get("draws", "")), 1)
    structure.add_pool(quiz.pk, source, draws=min(draws, 1000), section_id=_section_id(request.POST))
    messages.success(request, _("Pool added."))


def _typed(posted: QueryDict) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands in the lines' fields, if it can be read."""
    for key in posted.getlist("key"):
        changes: dict[str, Any] = {}
        points = _points(posted.get(f"points-{key}", ""))
        if points is not None:
            changes["points"] = points
        if posted.get(f"pin-{key}") in Pin.values:
            changes["pin"] = posted[f"pin-{key}"]
        if _whole(posted.get(f"draws-{key}", "")):
            changes["draws"] = min(_whole(posted.get(f"draws-{key}", "")), 1000)
        yield key, changes


def _save_section(quiz: Quiz, section: Section, posted: QueryDict) -> None:
    if f"section-{section.pk}" not in posted:
        return
    changes = {
        "titles": read_texts(posted, f"title-{section.pk}"),
        "instructions": read_texts(posted, f"instructions-{section.pk}"),
        "is_shuffled": f"shuffled-{section.pk}" in posted,
    }
    if any(getattr(section, name) != value for name, value in changes.items()):
        structure.change_section(quiz.pk, section.pk, changes)


def _section_id(posted: QueryDict) -> int | None:
    return _whole(posted.get("to-section", "")) or None


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def _points(text: str) -> float | None:
    """A comma or a point; None: no number of points."""
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        return None
    return points if 0 <= points <= MOST_POINTS else None
