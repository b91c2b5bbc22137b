"""The peer: the framework alone, with a page of the size of a paper, served as the site is served.

gunicorn benchmarks.exam.bare:application
"""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = "<!doctype html><title>A page</title>" + "<p>A line of a page.</p>" * int(
    os.environ.get("BARE_LINES", "4000")
)


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]
if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="of nothing", ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
    application = WSGIHandler()
