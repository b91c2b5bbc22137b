from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prova.courses.access import find_course


@login_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "courses/home.html")


@login_required
def course(request: HttpRequest, course: str) -> HttpResponse:
    found, role = find_course(request.user, course)
    return render(request, "courses/course.html", {"course": found, "role": role})
