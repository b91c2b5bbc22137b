from django.urls import path

from prova.assignments import api, views
from prova.assignments.leaderboard import api as leaderboard_api
from prova.assignments.leaderboard import views as leaderboard
from prova.assignments.terminal import api as terminal_api

app_name = "assignments"
_ASSIGNMENT = "courses/<slug:course>/assignments/<slug:assignment>/"
urlpatterns = [
    path(_ASSIGNMENT, views.assignment, name="assignment"),
    path(f"{_ASSIGNMENT}submit/", views.submit, name="submit"),
    path(f"{_ASSIGNMENT}leaderboard/", leaderboard.leaderboard, name="leaderboard"),
    path(f"{_ASSIGNMENT}leaderboard/name/", leaderboard.show_name, name="show_name"),
    path("submissions/<int:submission>/", views.submission, name="submission"),
    path("submissions/<int:submission>/verdict/", views.verdict, name="verdict"),
    path("submissions/<int:submission>/source.py", views.source, name="source"),
    path("submissions/<int:submission>/files/<int:number>/", views.file, name="file"),
    path("api/assignments/", api.AssignmentList.as_view(), name="api_assignments"),
    path(
        "api/assignments/<int:assignment>/submissions/", api.SubmissionList.as_view(), name="api_submissions"
    ),
    path(
        "api/assignments/<int:assignment>/leaderboard/",
        leaderboard_api.Leaderboard.as_view(),
        name="api_leaderboard",
    ),
    path("api/submissions/<int:submission>/", api.SubmissionDetail.as_view(), name="api_submission"),
    path("api/assignments/<int:assignment>/package.zip", terminal_api.Package.as_view(), name="api_package"),
    path("api/submissions/<int:submission>/report/", terminal_api.Report.as_view(), name="api_report"),
]
