from django.urls import path

from prova.courses import views

app_name = "courses"
urlpatterns = [
    path("<slug:course>/", views.course, name="course"),
]
