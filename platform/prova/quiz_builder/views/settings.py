from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from prova.accounts.person import person
from prova.courses.models import Course
from prova.quiz_builder.access import for_builders, told
from prova.quiz_builder.forms import RulesForm, read_texts, text_rows
from prova.quizzes.actions.preview import start_preview
from prova.quizzes.actions.publish import publish_quiz, unpublish_quiz
from prova.quizzes.actions.settings import change_quiz
from prova.quizzes.models import Quiz
from prova.quizzes.readiness import findings_of

#: they are addresses of their own beside quizzes
_RESERVED = frozenset({"new"})


@for_builders("GET", "POST")
def new(request: HttpRequest, course: Course) -> HttpResponse:
    """A draft with a title; everything else has its own page."""
    error = ""
    titles = read_texts(request.POST, "title")
    if request.method == "POST":
        if titles:
            return redirect("quiz_builder:questions", course.slug, _create(course, titles).slug)
        error = _("Give the quiz a title in one language at least.")
    context = {"course": course, "titles": text_rows(titles), "error": error, "tab": "quizzes"}
    return render(request, "quiz_builder/new.html", context)


def _create(course: Course, titles: dict[str, str]) -> Quiz:
    """With the first free slug made from the title."""
    stem = slugify(titles.get("en") or titles["pt-br"])[:90] or "quiz"
    number = 1
    while True:
        slug = stem if number == 1 and stem not in _RESERVED else f"{stem}-{number}"
        try:
            with transaction.atomic():
                return Quiz.objects.create(course=course, slug=slug, titles=titles)
        except IntegrityError:
            number += 1


@for_builders("GET", "POST")
def settings(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(quiz))
    if request.method == "POST" and form.is_valid():
        texts = {
            "titles": read_texts(request.POST, "title"),
            "descriptions": read_texts(request.POST, "description"),
        }
        if told(request, lambda: change_quiz(quiz.pk, {**form.changes(), **texts})):
            if (next_page := go_on(request, quiz)) is not None:
                return next_page
            messages.success(request, _("The rules are saved. Attempts under way follow them already."))
        return redirect("quiz_builder:settings", course.slug, quiz.slug)
    context = {
        **page_of(course, quiz, "settings"),
        "form": form,
        "titles": text_rows(quiz.titles),
        "descriptions": text_rows(quiz.descriptions),
    }
    return render(request, "quiz_builder/settings.html", context)


@for_builders("POST")
def publish(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    if request.POST.get("do") == "unpublish":
        if told(request, lambda: unpublish_quiz(quiz.pk)):
            messages.success(request, _("The quiz is a draft again. Students do not see it."))
        return redirect("quiz_builder:questions", course.slug, quiz.slug)
    return _publish(request, quiz)


@for_builders("POST")
def preview(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    return _preview(request, quiz)


def go_on(request: HttpRequest, quiz: Quiz) -> HttpResponse | None:
    """Where a form leads whose fields are saved by now: its buttons publish and preview, too. None: back to it."""
    match request.POST.get("do"):
        case "publish":
            return _publish(request, quiz)
        case "preview":
            return _preview(request, quiz)
    return None


def _publish(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    if told(request, lambda: publish_quiz(quiz.pk)):
        messages.success(request, _("The quiz is published."))
    return redirect("quiz_builder:questions", quiz.course.slug, quiz.slug)


def _preview(request: HttpRequest, quiz: Quiz) -> HttpResponse:
    return redirect("quizzes:attempt", start_preview(quiz, person(request)).pk)


def page_of(course: Course, quiz: Quiz, part: str) -> dict[str, object]:
    """What every page of the builder shows around its own part."""
    findings = findings_of(quiz)
    return {
        "course": course,
        "quiz": quiz,
        "part": part,
        "findings": findings,
        "is_ready": not any(finding.is_error for finding in findings),
        "attempt_count": quiz.attempts.count(),
    }
