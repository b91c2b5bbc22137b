from django.urls import path

from prova.quizzes.views import after, asking, attempt, before, saving

app_name = "quizzes"
urlpatterns = [
    path("courses/<slug:course>/quizzes/<slug:quiz>/", before.quiz, name="quiz"),
    path("courses/<slug:course>/quizzes/<slug:quiz>/start/", before.start, name="start"),
    path("attempts/<int:attempt>/", attempt.attempt, name="attempt"),
    path("attempts/<int:attempt>/items/<int:item>/save/", saving.save, name="save"),
    path("attempts/<int:attempt>/items/<int:item>/flag/", saving.flag, name="flag"),
    path("attempts/<int:attempt>/items/<int:item>/language/", saving.item_language, name="item_language"),
    path("attempts/<int:attempt>/items/<int:item>/hint/", asking.hint, name="hint"),
    path("attempts/<int:attempt>/items/<int:item>/check/", asking.check, name="check"),
    path("attempts/<int:attempt>/time/", asking.time, name="time"),
    path("attempts/<int:attempt>/submit/", after.submit, name="submit"),
    path("attempts/<int:attempt>/result/", after.result, name="result"),
]
