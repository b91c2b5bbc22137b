from django.urls import path

from prova.regrades import views

app_name = "regrades"
_ALL = "courses/<slug:course>/teaching/regrades/"
_ONE = f"{_ALL}<int:regrade>/"
urlpatterns = [
    path(_ALL, views.regrades, name="regrades"),
    path(f"{_ALL}start/", views.start, name="start"),
    path(_ONE, views.regrade, name="regrade"),
    path(f"{_ONE}progress/", views.progress, name="progress"),
    path(f"{_ONE}live/", views.live, name="live"),
    path(f"{_ONE}discard/", views.discard, name="discard"),
    path(f"{_ONE}again/", views.again, name="again"),
]
