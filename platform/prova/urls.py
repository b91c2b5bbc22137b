from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from prova import health
from prova.courses import views as courses

urlpatterns: list[URLPattern | URLResolver] = [
    path("", courses.home, name="home"),
    path("accounts/", include("prova.accounts.urls")),
    path("courses/", include("prova.courses.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
]
for module in ("prova.quizzes.urls", "prova.assignments.urls", "prova.teaching.urls"):
    if find_spec(module.removesuffix(".urls")) and find_spec(module):
        urlpatterns.append(path("", include(module)))
