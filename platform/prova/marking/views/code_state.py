from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prova.accounts.person import person
from prova.assignments.models import OPEN_STATES, Submission
from prova.quizzes.models import AttemptItem


@login_required
@never_cache
@require_safe
def code_state(request: HttpRequest, item: int) -> HttpResponse:
    """Asked by the result page while code is being checked: once that is over, the page loads itself anew."""
    found = AttemptItem.objects.filter(pk=item, attempt__learner=person(request)).first()
    if found is None:
        raise Http404(_("No such question."))
    running = Submission.with_shadows.filter(attempt_item=found, is_trial=False, state__in=OPEN_STATES)
    if found.pending and running.exists():
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Refresh": "true"})
