"""What a request is told that PostgreSQL does not answer: that it is away, starts again, or that a row is held too long.
A moment later all is well, so it says when to ask again. Nothing here may ask the database."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from prova.accounts.preferences import LANGUAGE_COOKIE, choose_language

RETRY_AFTER_S = 2


def handler500(request: HttpRequest) -> HttpResponse:
    """Django's handler of whatever a request raised: called while that is being handled."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    with translation.override(language := _language(request)):
        answer = _for_program() if _is_program(request) else render(request, "503.html", status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Language"] = language
    return answer


def _for_program() -> HttpResponse:
    told = _(
        "The site's database does not answer just now. Nothing that was confirmed is lost. Try again in a moment."
    )
    return JsonResponse({"code": "try_again", "detail": told}, status=503)


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _language(request: HttpRequest) -> str:
    """That of the answer so far; else, since the person's own choice is in the database, what the browser says."""
    known: str | None = getattr(request, "LANGUAGE_CODE", None)
    return known or choose_language(
        chosen="",
        cookie=request.COOKIES.get(LANGUAGE_COOKIE, ""),
        accepted=request.META.get("HTTP_ACCEPT_LANGUAGE", ""),
    )


class OneLine(logging.Filter):
    """In the log each such request is one line, not a traceback of a hundred: there may be fifty a second."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == 503 and record.exc_info:
            first_line = (str(record.exc_info[1]).splitlines() or [""])[0]
            record.msg, record.args = f"{record.getMessage()}: {first_line}", ()
            record.exc_info = record.exc_text = None
        return True
