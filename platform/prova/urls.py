from django.contrib import admin
from django.urls import include, path

from prova import favicon, health
from prova.accounts import api as accounts_api
from prova.courses import views as courses

handler500 = "prova.unavailable.handler500"

urlpatterns = [
    path("", courses.home, name="home"),
    path("accounts/", include("prova.accounts.urls")),
    path("courses/", include("prova.courses.urls")),
    path("", include("prova.quizzes.urls")),
    path("", include("prova.quiz_builder.urls")),
    path("", include("prova.assignments.urls")),
    path("", include("prova.authoring.urls")),
    path("", include("prova.bank.urls")),
    path("", include("prova.teaching.urls")),
    path("", include("prova.regrades.urls")),
    path("", include("prova.marking.urls")),
    path("", include("prova.drawing.urls")),
    path("", include("prova.practice.urls")),
    path("", include("prova.pictures.urls")),
    path("api/token/", accounts_api.Token.as_view(), name="api_token"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("favicon.ico", favicon.favicon, name="favicon"),
]
