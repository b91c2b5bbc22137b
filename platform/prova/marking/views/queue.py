"""What is to be marked, and one answer after the other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prova.accounts.person import person
from prova.assignments.actions import grade_again
from prova.courses.models import Course
from prova.marking.actions.claim import claim, give_up_claim
from prova.marking.actions.mark import mark_answer
from prova.marking.answer import Answer, answer_of
from prova.marking.queue import failed_checks, next_to_mark, questions_waiting, waiting_in
from prova.marking.refusals import MarkingRefused
from prova.quizzes.models import AttemptItem
from prova.teaching.access import instructors_decide, instructors_only
from questionbank.items import Marking

MOST_COMMENT_CHARS = 4000


@instructors_only
def queue(request: HttpRequest, course: Course) -> HttpResponse:
    context = {
        "course": course,
        "tab": "marking",
        "tab_is_page": True,
        "questions": questions_waiting(course, person(request)),
        "failed": failed_checks(course),
    }
    return render(request, "marking/queue.html", context)


@instructors_only
def answer(request: HttpRequest, course: Course, item: int) -> HttpResponse:
    """One answer with its rubric; also one that is marked already. Others are told that it is open."""
    found = _found(course, item)
    claimed = claim(found, person(request), timezone.now()) if found.pending else None
    return render(request, "marking/answer.html", _page(course, found) | {"claimed": claimed})


@instructors_decide
def mark(request: HttpRequest, course: Course, item: int) -> HttpResponse:
    found = _found(course, item)
    shown = answer_of(found, get_language() or "en")
    levels = {each.id: request.POST.get(f"level-{each.id}", "") for each in shown.criteria}
    seen = request.POST.get("seen", "")
    typed: dict[str, Any] = {
        "levels": levels,
        "comment": request.POST.get("comment", "").replace("\0", "")[:MOST_COMMENT_CHARS].strip(),
        "reason": request.POST.get("reason", "").replace("\0", "")[:500].strip(),
    }
    try:
        mark_answer(
            found.pk,
            person(request),
            levels,
            comment=typed["comment"],
            reason=typed["reason"],
            seen=int(seen) if seen.isdecimal() and len(seen) < 6 else 0,
        )
    except MarkingRefused as refused:
        page = _page(course, _found(course, item)) | {"sentence": refused.sentence(), "typed": typed}
        return render(request, "marking/answer.html", page, status=409)
    return _next(request, course, found)


def _next(request: HttpRequest, course: Course, found: AttemptItem) -> HttpResponseRedirect:
    following = _following(request, course, found)
    if following is None:
        messages.success(request, _("All answers to this question are marked."))
        return redirect("marking:queue", course.slug)
    messages.success(request, _("Marked. This is the next answer to the same question."))
    return redirect("marking:answer", course.slug, following.pk)


def _following(request: HttpRequest, course: Course, found: AttemptItem) -> AttemptItem | None:
    marker = person(request)
    give_up_claim(found, marker)
    return next_to_mark(course, found.attempt.quiz.slug, found.version.question.slug, marker, found)


@instructors_only
def skip(request: HttpRequest, course: Course, item: int) -> HttpResponse:
    """The answer behind this one; no mark is written."""
    found = _found(course, item)
    following = _following(request, course, found)
    return redirect("marking:answer", course.slug, (following or found).pk)


@instructors_decide
def check_again(request: HttpRequest, course: Course, item: int) -> HttpResponse:
    """Code whose checking failed on our side: three more tries."""
    found = _found(course, item, Marking.SANDBOX)
    submission = get_object_or_404(found.submissions(manager="with_shadows"), is_trial=False)
    if grade_again(submission.pk):
        messages.success(request, _("It is being checked again."))
    else:
        messages.warning(request, _("It was being checked already; nothing was changed."))
    return redirect("marking:queue", course.slug)


def _found(course: Course, pk: int, marking: Marking = Marking.PERSON) -> AttemptItem:
    """Http404: no such answer in this course, or one that nobody marks so."""
    item = get_object_or_404(
        AttemptItem.objects.select_related(
            "attempt__quiz", "attempt__learner", "version__question", "variant"
        ),
        pk=pk,
        attempt__quiz__course=course,
        attempt__submitted_at__isnull=False,
    )
    if Answer.kind_of(item) is not marking:
        raise Http404(_("No such answer."))
    return item


def _page(course: Course, item: AttemptItem) -> dict[str, Any]:
    attempt = item.attempt
    left = waiting_in(course).filter(attempt__quiz=attempt.quiz, version__question=item.version.question_id)
    return {
        "course": course,
        "tab": "marking",
        "tab_is_page": False,
        "quiz": attempt.quiz,
        "item": item,
        "answer": answer_of(item, get_language() or "en"),
        "left": left.count(),
        "attempt_url": reverse("teaching:attempt", args=[course.slug, attempt.quiz.slug, attempt.pk]),
    }
