from django.apps import AppConfig


class QuizBuilderConfig(AppConfig):
    """Where instructors make quizzes: rules, questions and pools, accommodations, and the exam as it goes on."""

    name = "prova.quiz_builder"
    label = "quiz_builder"
