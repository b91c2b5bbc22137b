from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prova.courses.access import for_instructors
from prova.teaching.listing import page_of
from questionbank.duplicates import all_pairs
from questionbank.similarity import ALIKE


@require_safe
@for_instructors
def duplicates(request: HttpRequest) -> HttpResponse:
    context = {"tab": "duplicates", "page": page_of(all_pairs(), request.GET), "least": ALIKE}
    return render(request, "bank/duplicates.html", context)
