"""One's own tokens: what there is, a new one, an end to one. A key is on the answer to the very form that made it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from prova.accounts.models import AccessToken, User
from prova.accounts.tokens import LIFETIME, TooManyTokens, issue


@login_required
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    key = ""
    if request.method == "POST":
        try:
            key = issue(user, request.POST.get("name", "").replace("\0", "").strip() or "prova")
        except TooManyTokens:
            messages.error(
                request, _("You have made many tokens in this hour. Wait a little, then try again.")
            )
    found = AccessToken.objects.filter(user=user)
    return render(
        request,
        "accounts/tokens.html",
        {
            "key": key,
            "tokens": [token for token in found if not token.has_expired()],
            "days": LIFETIME.days,
            "site": request.build_absolute_uri("/").rstrip("/"),
        },
    )


@login_required
@require_POST
def end_token(request: HttpRequest, token: int) -> HttpResponse:
    found = get_object_or_404(AccessToken, pk=token, user=cast(User, request.user))
    found.delete()
    messages.success(request, _("“%(name)s” can no longer act for you.") % {"name": found.name})
    return redirect("accounts:tokens")
