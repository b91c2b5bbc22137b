"""Who may ask for a part of an open paper, and from where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prova.accounts.address import sender_address
from prova.quizzes.access import find_attempt
from prova.quizzes.entrance import check_network
from prova.quizzes.models import Attempt, Quiz
from prova.quizzes.refusals import OutsideNetwork


def find_own(request: HttpRequest, attempt: int) -> Attempt:
    """For what a page asks in the background: from inside the networks only. Http404, OutsideNetwork."""
    found = find_attempt(request.user, attempt, check_course=False)
    check_network_of(found, request)
    return found


def admit(request: HttpRequest, attempt: Attempt) -> None:
    """Raises Attempt.DoesNotExist for somebody else's, OutsideNetwork."""
    if attempt.learner_id != request.user.pk:
        raise Attempt.DoesNotExist
    check_network_of(attempt, request)


def check_network_of(attempt: Attempt, request: HttpRequest) -> None:
    """Raises OutsideNetwork. One more query where the quiz has networks."""
    quiz = attempt.quiz
    if quiz.networks and not attempt.is_preview:
        granted = quiz.accommodations.filter(learner_id=attempt.learner_id).first()
        check_network(quiz, granted, sender_address(request.META))


def outside_page(request: HttpRequest, quiz: Quiz, refusal: OutsideNetwork) -> HttpResponse:
    return render(request, "quizzes/outside.html", {"quiz": quiz, "text": refusal.text()}, status=403)
