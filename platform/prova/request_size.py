"""Requests that are too big are refused by what they say of their size, before anything of them is read or stored."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class RequestSizeMiddleware:
    """Stands last, where language and page are known; the views' own checks, which read the body, come after all
    middleware. A body of undeclared length is none to Django, so it needs no limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _declared_bytes(request) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "request_too_big", "detail": _sentence()}, status=413)
        return render(request, "413.html", {"sentence": _sentence()}, status=413)


def _declared_bytes(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # as Django takes it


def _sentence() -> str:
    return _("This is larger than %(mib)s MiB, so nothing of it was kept. Send less at once.") % {
        "mib": settings.MAX_REQUEST_BYTES // 1024**2
    }
