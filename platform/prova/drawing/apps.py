from django.apps import AppConfig


class DrawingConfig(AppConfig):
    """Variants of drafts, drawn by a worker: the web process runs no generator."""

    name = "prova.drawing"
    label = "drawing"
