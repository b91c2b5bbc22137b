from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from prova.accounts.forms import SignInForm
from prova.accounts.models import User
from prova.accounts.preferences import COOKIE_AGE_S, LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE, THEMES


class SignIn(views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember a language or a theme and go back to where the person was."""
    response = redirect(_same_site(request, request.POST.get("next", "")))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in LANGUAGES:
        _remember(response, LANGUAGE_COOKIE, language)
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=language)
    if theme in THEMES:
        _remember(response, THEME_COOKIE, theme)
    return response


def _same_site(request: HttpRequest, url: str) -> str:
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return (
        url if safe and url.startswith("/") else "home"
    )  # redirect() takes a bare word for the name of a page


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=COOKIE_AGE_S, httponly=True, samesite="Lax")
