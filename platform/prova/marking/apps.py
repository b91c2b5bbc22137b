from django.apps import AppConfig


class MarkingConfig(AppConfig):
    """What people and the sandbox say of answers, and every change of a mark."""

    name = "prova.marking"
    label = "marking"
