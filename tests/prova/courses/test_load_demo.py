import re
from html import unescape

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from prova.accounts.models import User
from prova.assignments.models import Assignment, Exercise
from prova.courses.models import Enrolment
from prova.quizzes.definitions import read_quizzes
from prova.quizzes.models import Quiz, QuizItem

from grader.exercise import find_exercises
from questionbank.models import Question
from tests.prova.shipped import load_shipped_exercises, publish_shipped_questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    asked = {slug for quiz in read_quizzes(settings.QUIZZES_FILE) for slug in quiz.slugs}
    publish_shipped_questions(asked)
    load_shipped_exercises()


def load(capsys) -> list[tuple[str, str, str]]:
    capsys.readouterr()
    call_command("load_demo")
    return re.findall(r"^login: (\w+) (\S+) (\w+)$", capsys.readouterr().out, re.MULTILINE)


def test_it_works(content, capsys, client):
    logins = load(capsys)
    assert [(user, role) for user, _password, role in logins] == [
        ("ada", "instructor"),
        ("lin", "learner"),
        ("maria", "learner"),
        ("joao", "learner"),
    ]
    for user, password, _role in logins:
        assert client.login(username=user, password=password)
    assert Quiz.objects.filter(is_published=True).count() == 4


def test_every_exercise_of_the_catalogue_is_offered_after_its_prerequisites(content, capsys):
    load(capsys)
    slugs = list(Assignment.objects.order_by("pk").values_list("slug", flat=True))
    assert set(slugs) == {folder.name for folder in find_exercises()}
    for assignment in Assignment.objects.select_related("exercise"):
        before = slugs[: slugs.index(assignment.slug)]
        assert set(assignment.exercise.metadata["prerequisites"]) <= set(before)


def test_an_exercise_that_is_new_in_the_catalogue_is_added(content, capsys):
    load(capsys)
    newest = Exercise.objects.latest("pk")
    Exercise.objects.create(slug="brand-new", version="1" * 24, metadata=newest.metadata)
    load(capsys)
    assert Assignment.objects.filter(slug="brand-new", is_published=True).count() == 1


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_the_course_lists_every_exercise_and_each_has_its_page(content, capsys, client, language):
    load(capsys)
    User.objects.filter(username="lin").update(language=language)
    client.force_login(User.objects.get(username="lin"))
    listed = unescape(client.get(reverse("courses:course", args=["edge-deep-learning"])).content.decode())
    for assignment in Assignment.objects.select_related("exercise"):
        title = assignment.exercise.metadata["titles"][language]
        assert title in listed
        page = client.get(reverse("assignments:assignment", args=["edge-deep-learning", assignment.slug]))
        shown = unescape(page.content.decode())
        assert title in shown
        assert all(function["signature"] in shown for function in assignment.exercise.metadata["functions"])
        statement = assignment.exercise.metadata["statements"][language]
        assert ("<math" in shown) is ("$" in statement)


def test_the_demo_quizzes_ask_what_the_bank_holds(content, capsys):
    load(capsys)
    assert QuizItem.objects.count() >= 15
    assert {item.question_id for item in QuizItem.objects.all()} <= set(
        Question.objects.values_list("pk", flat=True)
    )


def test_loading_again_adds_nothing_and_keeps_a_changed_password(content, capsys):
    load(capsys)
    lin = User.objects.get(username="lin")
    lin.set_password("my own")
    lin.save()
    load(capsys)
    assert (User.objects.count(), Enrolment.objects.count(), Quiz.objects.count()) == (4, 4, 4)
    assert User.objects.get(username="lin").check_password("my own")


def test_without_the_content_it_says_what_to_do_and_leaves_nothing_half_made():
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.exists()
