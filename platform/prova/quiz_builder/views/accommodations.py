from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.accounts.person import person
from prova.courses.models import Course
from prova.quiz_builder.access import for_builders
from prova.quiz_builder.forms import AccommodationForm
from prova.quiz_builder.views.settings import page_of
from prova.quizzes.actions.settings import accommodate, withdraw_accommodation
from prova.quizzes.models import Quiz
from prova.teaching.people import learners_of


@for_builders("GET", "POST")
def accommodations(request: HttpRequest, course: Course, quiz: Quiz) -> HttpResponse:
    """Who has something different, and a form for one student more."""
    granted = list(quiz.accommodations.select_related("learner", "given_by").order_by("learner__username"))
    has_one = {each.learner_id for each in granted}
    learners = learners_of(course)
    form = AccommodationForm(request.POST or None)
    if request.method == "POST":
        learner = _learner(learners, request.POST.get("learner", ""))
        if learner is None:
            messages.error(request, _("Choose a student."))
        elif learner.pk in has_one:
            told = _("%s has other rules already; change them there, so that none is lost.")
            messages.error(request, told % learner.name())
            return redirect("quiz_builder:accommodation", course.slug, quiz.slug, learner.pk)
        elif form.is_valid():
            return _grant(request, quiz, learner, form)
    context = {
        **page_of(course, quiz, "accommodations"),
        "granted": granted,
        "learners": [learner for learner in learners if learner.pk not in has_one],
        "chosen": request.POST.get("learner", ""),
        "form": form,
    }
    return render(request, "quiz_builder/accommodations.html", context)


@for_builders("GET", "POST")
def accommodation(request: HttpRequest, course: Course, quiz: Quiz, learner: int) -> HttpResponse:
    granted = quiz.accommodations.select_related("learner").filter(learner_id=learner).first()
    if granted is None:
        raise Http404(_("No such accommodation."))
    form = AccommodationForm(request.POST or None, initial=AccommodationForm.initial_of(granted))
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdraw_accommodation(quiz, granted.learner)
        messages.success(request, _("The accommodation is withdrawn."))
        return redirect("quiz_builder:accommodations", course.slug, quiz.slug)
    if request.method == "POST" and form.is_valid():
        return _grant(request, quiz, granted.learner, form)
    context = {**page_of(course, quiz, "accommodations"), "one": granted, "form": form}
    return render(request, "quiz_builder/accommodation.html", context)


def _grant(request: HttpRequest, quiz: Quiz, learner: User, form: AccommodationForm) -> HttpResponse:
    accommodate(quiz, learner, form.changes(), by=person(request))
    messages.success(request, _("Saved for %s. An attempt under way follows it already.") % learner.name())
    return redirect("quiz_builder:accommodations", quiz.course.slug, quiz.slug)


def _learner(learners: list[User], chosen: str) -> User | None:
    return next((learner for learner in learners if str(learner.pk) == chosen), None)
