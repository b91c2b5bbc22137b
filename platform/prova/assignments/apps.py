from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "prova.assignments"
    label = "assignments"
