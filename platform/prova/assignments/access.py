"""Pages for people who are signed in, also when a script asks on their behalf."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """As Django's login_required; but a fragment is not answered with the sign-in page, which would land inside the
    page that asked. The whole page goes there, and comes back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return redirect_to_login(request.get_full_path())
        asked_from = htmx.current_url_abs_path or resolve_url("home")
        address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': asked_from})}"
        return HttpResponseClientRedirect(address)

    return wrapped
