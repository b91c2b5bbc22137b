from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "prova.quizzes"
    label = "quizzes"
