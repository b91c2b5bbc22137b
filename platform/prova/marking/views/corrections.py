"""Attempts scored with an older version of a question: who would change, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prova.accounts.person import person
from prova.courses.models import Course
from prova.courses.texts import text_in
from prova.marking.actions.correct import apply_correction, decide_correction
from prova.marking.correcting import AttemptShift, preview
from prova.marking.models import Correction, Remedy
from prova.marking.refusals import MarkingRefused
from prova.quizzes.models import Quiz
from prova.regrades.chart import shift_chart
from prova.teaching.access import instructors_decide, instructors_only
from prova.teaching.listing import page_of
from questionbank.models import QuestionVersion
from questionbank.questions import latest_versions


@instructors_only
def correction(request: HttpRequest, course: Course, quiz: str, question: str) -> HttpResponse:
    found, version = _found(course, quiz, question)
    begun = Correction.objects.filter(quiz=found, version=version, finished_at__isnull=True).first()
    asked = request.GET.get("remedy", "")
    remedy = Remedy(begun.remedy if begun else asked if asked in Remedy.values else Remedy.NEW_KEY)
    shifts = preview(found, version, remedy)
    changing = [shift for shift in shifts if shift.changes]
    context: dict[str, Any] = {
        "course": course,
        "quiz": found,
        "question": version.question,
        "title": text_in(version.content["objective"]),
        "version": version,
        "remedy": remedy,
        "remedies": Remedy.choices,
        "begun": begun,
        "total": len(shifts),
        "up": sum(shift.shift > 0 for shift in shifts),
        "down": sum(shift.shift < 0 for shift in shifts),
        "same": sum(shift.shift == 0 for shift in shifts),
        "left": _left(shifts),
        "page": page_of(changing, request.GET),
        "chart": shift_chart([shift.shift for shift in shifts]),
        "decided": Correction.objects.filter(quiz=found, question=version.question_id).select_related(
            "decided_by", "version"
        ),
    }
    return render(request, "marking/correction.html", context)


@instructors_decide
def apply(request: HttpRequest, course: Course, quiz: str, question: str) -> HttpResponse:
    found, version = _found(course, quiz, question)
    remedy = request.POST.get("remedy", "")
    seen = request.POST.get("version", "")
    if remedy not in Remedy.values or seen != str(version.pk):
        messages.warning(
            request, _("The question was corrected again meanwhile. Look at the new preview, then decide.")
        )
        return redirect("marking:correction", course.slug, quiz, question)
    try:
        decided = decide_correction(
            found,
            version,
            Remedy(remedy),
            person(request),
            note=request.POST.get("note", "").replace("\0", "")[:500].strip(),
        )
    except MarkingRefused as refused:
        messages.warning(request, refused.sentence())
        return redirect("marking:correction", course.slug, quiz, question)
    done = apply_correction(decided)
    messages.success(
        request,
        ngettext("%(n)d attempt was dealt with.", "%(n)d attempts were dealt with.", done) % {"n": done},
    )
    if decided.finished_at is None:
        return redirect("marking:correction", course.slug, quiz, question)
    return redirect("teaching:quiz_results", course.slug, quiz)


def _left(shifts: list[AttemptShift]) -> list[tuple[str, list[AttemptShift]]]:
    """Answers that stay as they are, by why."""
    words = {
        "type": _("the question is of another type now"),
        "variant": _("the corrected version has no such variant"),
        "answer": _("the answer names options that are gone"),
        "marks": _("its marks are of a rubric or of checks that are gone"),
        "adjusted": _("the score was set by hand"),
    }
    found: dict[str, list[AttemptShift]] = {}
    for shift in shifts:
        if shift.obstacle is not None:
            found.setdefault(words[shift.obstacle.value], []).append(shift)
    return list(found.items())


def _found(course: Course, quiz: str, question: str) -> tuple[Quiz, QuestionVersion]:
    found = get_object_or_404(Quiz, course=course, slug=quiz)
    version = latest_versions([question]).first()
    if version is None:
        raise Http404(_("No such question."))
    return found, version
