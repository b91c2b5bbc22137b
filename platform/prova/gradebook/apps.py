from django.apps import AppConfig


class GradebookConfig(AppConfig):
    name = "prova.gradebook"
    label = "gradebook"
