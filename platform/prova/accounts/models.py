"""People who sign in."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """One person. What they may do in a course is said by courses.Enrolment, not here."""

    #: empty: not chosen yet, so the browser's language is taken
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, blank=True, default="")

    def name(self) -> str:
        return self.get_full_name() or self.get_username()


class SignInTry(models.Model):
    """One try to sign in; see prova.accounts.throttle."""

    #: keyed hash of the name typed
    person = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="sign_in_try_person_at")]

    def __str__(self) -> str:
        return f"try at {self.at:%Y-%m-%d %H:%M}"
