from django.urls import path

from prova.assignments import api, views

app_name = "assignments"
urlpatterns = [
    path("courses/<slug:course>/assignments/<slug:assignment>/", views.assignment, name="assignment"),
    path("courses/<slug:course>/assignments/<slug:assignment>/submit/", views.submit, name="submit"),
    path("submissions/<int:submission>/", views.submission, name="submission"),
    path("submissions/<int:submission>/verdict/", views.verdict, name="verdict"),
    path("submissions/<int:submission>/source.py", views.source, name="source"),
    path("submissions/<int:submission>/files/<int:number>/", views.file, name="file"),
    path("api/assignments/", api.AssignmentList.as_view(), name="api_assignments"),
    path(
        "api/assignments/<int:assignment>/submissions/", api.SubmissionList.as_view(), name="api_submissions"
    ),
    path("api/submissions/<int:submission>/", api.SubmissionDetail.as_view(), name="api_submission"),
]
