"""People who sign in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """One person. What they may do in a course is said by courses.Enrolment, not here."""

    #: empty: not chosen yet, so the browser's language is taken
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, blank=True, default="")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever changes a password wants those out who knew the old one: with it go the tokens of programs."""
        # Set by set_password(), and not when a sign-in merely renews the hash.
        has_new_password = getattr(self, "_password", None) is not None
        super().save(*args, **kwargs)
        if has_new_password or not self.has_usable_password():
            AccessToken.objects.filter(user_id=self.pk).delete()

    def name(self) -> str:
        return self.get_full_name() or self.get_username()


class SignInTry(models.Model):
    """One try to sign in; see prova.accounts.throttle."""

    #: keyed hash of the name typed
    person = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="sign_in_try_person_at"),
            models.Index(fields=["address", "at"], name="sign_in_try_address_at"),
        ]

    def __str__(self) -> str:
        return f"try at {self.at:%Y-%m-%d %H:%M}"


class AccessToken(models.Model):
    """A program's leave to act for a person; see prova.accounts.tokens."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    digest = models.CharField(max_length=64, unique=True)  #: of the key, which is kept nowhere
    name = models.CharField(max_length=80)  #: for its owner: which program, on which machine
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)  #: to the hour
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
