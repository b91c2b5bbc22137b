from django.urls import path

from prova.quizzes import exam_views, hint_views, views

app_name = "quizzes"
urlpatterns = [
    path("courses/<slug:course>/quizzes/<slug:quiz>/", views.quiz, name="quiz"),
    path("courses/<slug:course>/quizzes/<slug:quiz>/start/", views.start, name="start"),
    path("attempts/<int:attempt>/", views.attempt, name="attempt"),
    path("attempts/<int:attempt>/items/<int:item>/save/", views.save, name="save"),
    path("attempts/<int:attempt>/items/<int:item>/flag/", views.flag, name="flag"),
    path("attempts/<int:attempt>/items/<int:item>/language/", views.item_language, name="item_language"),
    path("attempts/<int:attempt>/items/<int:item>/hint/", hint_views.hint, name="hint"),
    path("attempts/<int:attempt>/items/<int:item>/check/", exam_views.check, name="check"),
    path("attempts/<int:attempt>/time/", exam_views.time, name="time"),
    path("attempts/<int:attempt>/submit/", views.submit, name="submit"),
    path("attempts/<int:attempt>/result/", views.result, name="result"),
]
