from django.urls import path

from prova.practice import views

app_name = "practice"
urlpatterns = [
    path("courses/<slug:course>/practice/", views.topics, name="topics"),
    path("courses/<slug:course>/practice/begin/", views.begin, name="begin"),
    path("practice/<int:turn>/", views.turn, name="turn"),
]
