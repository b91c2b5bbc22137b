from django.urls import path

from prova.marking.views import adjust, code_state, corrections, queue, trial

app_name = "marking"
_MARKING = "courses/<slug:course>/teaching/marking/"
_CORRECTION = "courses/<slug:course>/teaching/quizzes/<slug:quiz>/corrections/<slug:question>/"
urlpatterns = [
    path(_MARKING, queue.queue, name="queue"),
    path(f"{_MARKING}<int:item>/", queue.answer, name="answer"),
    path(f"{_MARKING}<int:item>/mark/", queue.mark, name="mark"),
    path(f"{_MARKING}<int:item>/skip/", queue.skip, name="skip"),
    path(f"{_MARKING}<int:item>/check-again/", queue.check_again, name="check_again"),
    path(f"{_MARKING}<int:item>/adjust/", adjust.adjust, name="adjust"),
    path(f"{_CORRECTION}", corrections.correction, name="correction"),
    path(f"{_CORRECTION}apply/", corrections.apply, name="apply_correction"),
    path("answers/<int:item>/try/", trial.start, name="try"),
    path("answers/<int:item>/trial/", trial.trial, name="trial"),
    path("answers/<int:item>/state/", code_state.code_state, name="code_state"),
]
