from django.apps import AppConfig


class TeachingConfig(AppConfig):
    """Instructors' pages. They read what the other apps keep; nothing is stored here."""

    name = "prova.teaching"
    label = "teaching"
