from django.apps import AppConfig


class RegradesConfig(AppConfig):
    """Submissions judged anew in the background; nobody's mark changes before an instructor has seen whose would."""

    name = "prova.regrades"
    label = "regrades"
