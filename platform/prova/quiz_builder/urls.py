from django.urls import path

from prova.quiz_builder.views import accommodations, listing, live, questions, settings

app_name = "quiz_builder"
_COURSE = "courses/<slug:course>/teaching/quizzes"
_QUIZ = f"{_COURSE}/<slug:quiz>"
urlpatterns = [
    path(f"{_COURSE}/", listing.quizzes, name="quizzes"),
    path(f"{_COURSE}/new/", settings.new, name="new"),
    path(f"{_QUIZ}/settings/", settings.settings, name="settings"),
    path(f"{_QUIZ}/publish/", settings.publish, name="publish"),
    path(f"{_QUIZ}/preview/", settings.preview, name="preview"),
    path(f"{_QUIZ}/questions/", questions.questions, name="questions"),
    path(f"{_QUIZ}/accommodations/", accommodations.accommodations, name="accommodations"),
    path(f"{_QUIZ}/accommodations/<int:learner>/", accommodations.accommodation, name="accommodation"),
    path(f"{_QUIZ}/now/", live.now, name="now"),
    path(f"{_QUIZ}/now/add-time/", live.add_time, name="add_time"),
]
