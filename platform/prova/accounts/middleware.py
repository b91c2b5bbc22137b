from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from prova.accounts.preferences import LANGUAGE_COOKIE, choose_language, choose_time_zone


class PreferencesMiddleware:
    """Answers in the person's language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = choose_language(
            chosen=getattr(request.user, "language", ""),
            cookie=request.COOKIES.get(LANGUAGE_COOKIE, ""),
            accepted=request.META.get("HTTP_ACCEPT_LANGUAGE", ""),
        )
        with translation.override(language), timezone.override(choose_time_zone(request.COOKIES)):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
