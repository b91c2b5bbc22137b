from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prova.courses.access import for_instructors
from prova.drawing.models import DrawRequest
from prova.drawing.page import context_of
from prova.drawing.variants import found_in


@for_instructors
@never_cache
@require_safe
def variants(request: HttpRequest, request_id: int) -> HttpResponse:
    """The table, or how far it is: a fragment for the editor's page, a page of its own for a browser without scripts."""
    asked = DrawRequest.objects.filter(pk=request_id).first()
    if asked is None:
        raise Http404(_("No such variants."))
    template = "drawing/_variants.html" if request.headers.get("HX-Request") else "drawing/variants.html"
    return render(request, template, context_of(found_in(asked)))
