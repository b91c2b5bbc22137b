from django.urls import path

from prova.teaching.views import submissions

app_name = "teaching"
_COURSE = "courses/<slug:course>/teaching/"
urlpatterns = [
    path(f"{_COURSE}submissions/", submissions.submissions, name="submissions"),
    path(f"{_COURSE}submissions.csv", submissions.submissions_csv, name="submissions_csv"),
    path(f"{_COURSE}submissions/<int:submission>/", submissions.submission, name="submission"),
]
