from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prova.bank.refusals import said
from prova.courses.access import for_instructors
from questionbank.models import Tag
from questionbank.tags import TagProblem, rename_tag


@require_safe
@for_instructors
def tags(request: HttpRequest) -> HttpResponse:
    found = Tag.objects.annotate(count=Count("questions"))
    return render(request, "bank/tags.html", {"tab": "tags", "tags": found})


@require_POST
@for_instructors
def rename(request: HttpRequest, tag: int) -> HttpResponse:
    """To a name that another tag has: the two become one."""
    found = get_object_or_404(Tag, pk=tag)
    try:
        left = rename_tag(found, request.POST.get("name", ""))
    except TagProblem as problem:
        messages.error(request, said(problem))
    else:
        told = (
            _("The tag is called “%(tag)s” now.") if left.pk == tag else _("The tags are one now: “%(tag)s”.")
        )
        messages.success(request, told % {"tag": left})
    return redirect("bank:tags")
