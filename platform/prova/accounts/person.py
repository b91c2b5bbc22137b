from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from prova.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; for views that only signed-in people reach."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user
