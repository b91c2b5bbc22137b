"""An instructor sets one score by hand, on the attempt's page."""

import math

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from prova.accounts.person import person
from prova.courses.models import Course
from prova.marking.actions.adjust import adjust_score
from prova.marking.refusals import MarkingRefused, ScoreOutOfRange
from prova.quizzes.models import AttemptItem
from prova.teaching.access import instructors_decide


@instructors_decide
def adjust(request: HttpRequest, course: Course, item: int) -> HttpResponse:
    found = get_object_or_404(
        AttemptItem.objects.select_related("attempt__quiz"), pk=item, attempt__quiz__course=course
    )
    seen = request.POST.get("seen", "")
    try:
        score = _number(request.POST.get("score", ""))
        if score is None:
            raise ScoreOutOfRange(f"{found.points:g}")
        adjust_score(
            found.pk,
            person(request),
            score,
            reason=request.POST.get("reason", "").replace("\0", "")[:500].strip(),
            seen=int(seen) if seen.isdecimal() and len(seen) < 19 else 0,
        )
    except MarkingRefused as refused:
        messages.warning(request, refused.sentence())
    else:
        messages.success(request, _("The score is changed, and the history says why."))
    page = redirect("teaching:attempt", course.slug, found.attempt.quiz.slug, found.attempt_id)
    page["Location"] += f"#question-{found.position}"
    return page


def _number(text: str) -> float | None:
    """With a point or a comma. None: not a finite number."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
