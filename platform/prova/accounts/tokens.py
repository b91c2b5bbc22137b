"""Keys for programs, as `prova login` gets one. What is kept is a digest: who reads the table can sign in nowhere.

A key is 256 random bits, so a plain SHA-256 of it tells as little as a slow hash would.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from prova.accounts.models import AccessToken, User

LIFETIME = timedelta(days=180)
MOST_PER_PERSON = 20
MOST_PER_HOUR = 10  #: made by one person; fewer than are kept, so that they can be counted
_SEEN_EVERY = timedelta(hours=1)  #: a row is not written for every request


class TooManyTokens(Exception):
    """Made in the last hour."""


def issue(user: User, name: str) -> str:
    """The key, told this once. Beyond the most that one person may have, the one least used lately ends.

    TooManyTokens: a program makes them in a loop.
    """
    key = "prova_" + secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # or two at once would both find room
        mine = AccessToken.objects.filter(user=user)
        if mine.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_PER_HOUR:
            raise TooManyTokens
        AccessToken.objects.create(user=user, digest=digest(key), name=name[:80], expires_at=now + LIFETIME)
        kept = mine.order_by("-last_used_at", "-pk").values_list("pk", flat=True)[:MOST_PER_PERSON]
        mine.exclude(pk__in=list(kept)).delete()
    return key


def token_of(key: str) -> AccessToken | None:
    """None: unknown, ended, or of a person who may not sign in."""
    found = AccessToken.objects.select_related("user").filter(digest=digest(key)).first()
    if found is None or not found.user.is_active or found.has_expired():
        return None
    return found


def note_use(token: AccessToken) -> None:
    now = timezone.now()
    if now - token.last_used_at > _SEEN_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
