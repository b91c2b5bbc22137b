"""What a quiz asks: found in the bank, put in order, worth points. One form, so that it works without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

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
from prova.quiz_builder.views.settings import go_on, page_of
from prova.quizzes.actions import structure
from prova.quizzes.actions.publish import check_readiness
from prova.quizzes.arrangement import Spot
from prova.quizzes.models import Pin, Pool, Quiz, QuizItem, Section
from prova.teaching.questions import kind_label
from questionbank.selection import Selection

MOST_POINTS = 1000.0
SEARCHED = ("q", "topic", "level", "collection")


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


@dataclass(frozen=True)
class Total:
    """What every paper has, whatever is drawn."""

    questions: int
    points: float

    @classmethod
    def of(cls, parts: list[Part]) -> "Total":
        places = [line.place for part in parts for line in part.lines]
        drawn = [(place.draws if isinstance(place, Pool) else 1, place.points) for place in places]
        return cls(sum(count for count, _ in drawn), sum(count * points for count, points in drawn))


@for_builders("GET", "POST")
def questions(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    if request.method == "POST":
        if told(request, lambda: _do(request, quiz)):
            if _all_read(request) and (next_page := go_on(request, quiz)) is not None:
                return next_page
            check_readiness(quiz.pk)
        return _back(request, quiz)
    parts = _parts(quiz)
    context = {
        **page_of(course, quiz, "questions"),
        "parts": parts,
        "has_places": any(part.section or part.lines for part in parts),
        "total": Total.of(parts),
        "pins": Pin.choices,
        "search": BankSearch.read(request.GET, quiz, _person(request)),
        "sections": list(quiz.sections.all()),
    }
    return render(request, "quiz_builder/questions.html", context)


def _asked(request: HttpRequest) -> QueryDict:
    """What is looked for: the search is part of the form, so that a search leaves nothing typed behind."""
    return request.POST if "q" in request.POST else request.GET


def _back(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    asked = {name: _asked(request)[name] for name in SEARCHED if _asked(request).get(name)}
    is_new = asked != {name: request.GET[name] for name in SEARCHED if request.GET.get(name)}
    at_search = is_new or request.POST.get("do") in {"add", "pool", "find"}
    page = redirect("quiz_builder:questions", quiz.course.slug, quiz.slug)
    page["Location"] += (f"?{urlencode(asked)}" if asked else "") + ("#find" if at_search else "#asked")
    return page


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
    elif verb == "save":
        messages.success(request, _("Points and sections are saved."))


def _add(request: HttpRequest, quiz: Quiz) -> None:
    slugs = request.POST.getlist("question")[:500]
    count = structure.add_questions(quiz.pk, slugs, _section_id(request.POST))
    messages.success(request, ngettext("%d question added.", "%d questions added.", count) % count)


def _add_pool(request: HttpRequest, quiz: Quiz) -> None:
    slugs = tuple(request.POST.getlist("question")[:500])
    source = (
        Selection(slugs=slugs)
        if slugs
        else BankSearch.read(_asked(request), quiz, _person(request)).selection
    )
    draws = max(_whole(request.POST.get("draws", "")), 1)
    structure.add_pool(quiz.pk, source, draws=min(draws, 1000), section_id=_section_id(request.POST))
    messages.success(request, _("Pool added."))


def _all_read(request: HttpRequest) -> bool:
    """What could not be read is told; it is as it was."""
    written = [request.POST.get(f"points-{key}", "").strip() for key in request.POST.getlist("key")]
    unread = [text for text in written if text and _points(text) is None]
    for text in unread:
        told = _("“%(text)s” is no number of points from 0 to %(most)d; the points stay as they were.")
        messages.error(request, told % {"text": text[:20], "most": MOST_POINTS})
    return not unread


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
