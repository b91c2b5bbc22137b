from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "prova.courses"
    label = "courses"
