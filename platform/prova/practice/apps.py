from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Questions one after the other, with fresh variants and an answer at once; nothing of it is graded."""

    name = "prova.practice"
    label = "practice"
