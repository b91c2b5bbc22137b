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
