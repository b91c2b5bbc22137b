"""The leaderboard's page, the sentence beside a verdict, the interface for programs."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prova.accounts.models import User
from prova.assignments.actions import submit_solution
from prova.assignments.models import Assignment
from prova.courses.models import Course, Enrolment
from prova.courses.pseudonyms import pseudonyms
from rest_framework.test import APIClient

from tests.prova.assignments import samples
from tests.prova.assignments.leaderboard import boards

PAGE_QUERIES = 6  # session, person, course and role, assignment, standings, whether the name is shown
INSTRUCTORS_QUERIES = 5  # without the last
VERDICT_QUERIES = 4  # session, person, submission, standings


@pytest.fixture
def assignment(course: Course) -> Assignment:
    return boards.make_assignment(course, boards.make_exercise())


@pytest.fixture
def mei(course: Course) -> User:
    return boards.learner(course, "mei")


@pytest.fixture
def page(assignment: Assignment) -> str:
    return reverse("assignments:leaderboard", args=["edge", "halving"])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def speak(person: User, language: str) -> None:
    person.language = language
    person.save()


def test_the_page_shows_places_numbers_and_ones_own_row(assignment, page, lin, mei, signed_in):
    boards.hand_in(assignment, lin, 5.0)
    boards.hand_in(assignment, mei, 6.0, 5.75, 6.25)

    shown = text(signed_in(lin), page)

    assert "Place 2 of 2" in shown
    assert "Improve by 0.75× and you share place 1." in shown
    assert "5.75 – 6.25" in shown
    assert shown.count('class="board__mine"') == 1
    assert "known method" in shown
    assert "Mei Student" not in shown
    assert pseudonyms(assignment.course_id, "en")(mei.pk) in shown


def test_in_portuguese_everything_is_portuguese(assignment, page, lin, mei, signed_in):
    boards.hand_in(assignment, lin, 5.5, 5.25, 5.75)
    speak(lin, "pt-br")

    shown = text(signed_in(lin), page)

    for words in (
        "Classificação",
        "Posição 1 de 1",
        "5,50×",
        "5,25 – 5,75",
        "Razão de compressão",
        "Oito bits",
    ):
        assert words in shown
    for words in ("Leaderboard", "Place ", "student", "on the frontier", "known"):
        assert words not in shown


@pytest.mark.parametrize("board", [boards.BOARD, boards.BOARD | {"against": None}])
def test_numbers_of_the_drawing_have_a_point_in_every_language(course, lin, mei, signed_in, board):
    assignment = boards.make_assignment(course, boards.make_exercise(board))
    for person, value in ((lin, 5.3), (mei, 6.1)):
        boards.hand_in(assignment, person, value, value - 0.7, value + 0.7, drop=0.3)
    speak(lin, "pt-br")

    shown = text(signed_in(lin), reverse("assignments:leaderboard", args=["edge", "halving"]))

    drawing = shown[
        shown.index('<svg class="chart"') : shown.index("</svg>", shown.index('<svg class="chart"'))
    ]
    assert "chart__here" in drawing
    assert "chart__error" in drawing
    for name in ("cx", "cy", "x1", "x2", "y1", "y2", "x", "y"):
        for part in drawing.split(f' {name}="')[1:]:
            float(part.split('"')[0])


@pytest.mark.parametrize("board", [boards.BOARD, boards.BOARD | {"against": None}])
def test_the_key_of_a_drawing_names_only_what_is_drawn(course, lin, ada, signed_in, board):
    assignment = boards.make_assignment(course, boards.make_exercise(board))
    boards.hand_in(assignment, lin, 5.0)
    where = reverse("assignments:leaderboard", args=["edge", "halving"])

    assert "chart__here" in text(signed_in(lin), where)
    assert "chart__here" not in text(signed_in(ada), where)


def test_an_empty_list_says_what_will_stand_there(assignment, page, lin, signed_in):
    assert "Nobody is ranked yet" in text(signed_in(lin), page)


def test_the_list_is_in_tenths_while_a_hidden_check_ranks(course, lin, signed_in):
    assignment = boards.make_assignment(course, boards.make_exercise(boards.HIDDEN_BOARD))
    boards.hand_in(assignment, lin, 3.0, unseen=4.987, unseen_share=0.4)

    client = signed_in(lin)
    shown = text(client, reverse("assignments:leaderboard", args=["edge", "halving"]))
    told = client.get(reverse("assignments:api_leaderboard", args=[assignment.pk])).content.decode()

    assert "told in tenths" in shown
    assert "40 %" in shown
    assert "4.987" not in shown + told
    assert "4.0" not in told


# ---- who may look


def test_instructors_see_names_and_the_submissions(assignment, page, lin, ada, signed_in):
    submission = boards.hand_in(assignment, lin, 5.0)

    shown = text(signed_in(ada), page)

    assert "Lin Chen" in shown
    assert reverse("teaching:submission", args=["edge", submission.pk]) in shown
    assert "Show my name" not in shown


def test_an_instructor_finds_it_from_the_submissions(assignment, page, ada, signed_in):
    submissions = reverse("teaching:submissions", args=["edge"])
    assert page not in text(signed_in(ada), submissions)
    assert page in text(signed_in(ada), f"{submissions}?assignment=halving")


def test_strangers_find_nothing_and_learners_nothing_unpublished(assignment, page, lin, ada, sam, signed_in):
    Assignment.objects.update(is_published=False)
    assert signed_in(sam).get(page).status_code == 404
    assert signed_in(lin).get(page).status_code == 404
    assert signed_in(ada).get(page).status_code == 200


def test_an_exercise_without_a_leaderboard_has_no_such_page(course, lin, signed_in):
    assignment = samples.make_assignment(course, samples.make_exercise())
    client = signed_in(lin)
    assert client.get(reverse("assignments:leaderboard", args=["edge", "halving"])).status_code == 404
    assert client.get(reverse("assignments:api_leaderboard", args=[assignment.pk])).status_code == 404
    exercise = client.get(reverse("assignments:assignment", args=["edge", "halving"])).content.decode()
    assert "leaderboard" not in exercise


# ---- names


def test_a_learner_chooses_whether_the_others_see_the_name(assignment, page, lin, mei, signed_in):
    boards.hand_in(assignment, lin, 5.0)
    client, choice = signed_in(lin), reverse("assignments:show_name", args=["edge", "halving"])

    assert "Lin Chen" not in text(signed_in(mei), page)
    assert client.post(choice, {"shown": "yes"}).url == page
    assert "Lin Chen" in text(signed_in(mei), page)
    assert "others see your name" in text(client, page)
    client.post(choice, {"shown": "no"})
    assert "Lin Chen" not in text(signed_in(mei), page)


def test_the_choice_is_ones_own_and_of_this_course(assignment, lin, mei, sam, signed_in):
    choice = reverse("assignments:show_name", args=["edge", "halving"])
    assert signed_in(sam).post(choice, {"shown": "yes"}).status_code == 404
    assert signed_in(mei).get(choice).status_code == 405
    signed_in(mei).post(choice, {"shown": "yes"})
    assert list(Enrolment.objects.filter(shows_name=True).values_list("user", flat=True)) == [mei.pk]


# ---- beside the verdict


def test_a_verdict_says_the_place_and_the_way_to_the_next(assignment, page, lin, mei, signed_in):
    boards.hand_in(assignment, mei, 6.0)
    best, later = (boards.hand_in(assignment, lin, value) for value in (5.0, 4.0))

    shown = text(signed_in(lin), reverse("assignments:submission", args=[later.pk]))

    assert "Place 2 of 2" in shown
    assert "Improve by 1×" in shown
    assert f"Your best is submission {best.pk}." in shown
    assert page in shown


def test_who_is_not_ranked_is_told_why(assignment, lin, signed_in):
    submission = boards.hand_in(assignment, lin, 5.0, right=False)

    shown = text(signed_in(lin), reverse("assignments:submission", args=[submission.pk]))

    assert "This submission is not ranked" in shown
    assert "all-or-nothing check" in shown


def test_nothing_is_said_while_one_waits(assignment, lin, signed_in):
    submission = submit_solution(assignment, lin, samples.SOLUTION)

    assert "standing" not in text(signed_in(lin), reverse("assignments:submission", args=[submission.pk]))


# ---- for programs


def test_programs_get_what_the_page_shows(assignment, lin, mei):
    boards.hand_in(assignment, lin, 5.0)
    boards.hand_in(assignment, mei, 6.0, 5.75, 6.25, drop=2.0)
    client = APIClient()
    client.force_authenticate(lin)

    told = client.get(reverse("assignments:api_leaderboard", args=[assignment.pk])).json()

    assert [(row["rank"], row["value"], row["low"], row["is_you"]) for row in told["rows"]] == [
        (1, 6.0, 5.75, False),
        (2, 5.0, 5.0, True),
    ]
    assert told["rows"][0]["name"] == pseudonyms(assignment.course_id, "en")(mei.pk)
    assert told["you"]["missing"] == 0.75
    assert told["known_methods"] == [{"name": "Eight bits a weight", "value": 4.0, "against": 0.5}]
    assert (told["more_is_better"], told["count"]) == (True, 2)


# ---- how much is asked of the database


@pytest.mark.parametrize("count", [1, 30])
def test_its_queries_do_not_grow_with_the_class(
    course, assignment, page, lin, ada, signed_in, count, django_assert_num_queries
):
    for number in range(count):
        boards.hand_in(assignment, boards.learner(course, f"learner{number}"), 3.0 + number)
    own = boards.hand_in(assignment, lin, 2.5)
    learner, instructor = signed_in(lin), signed_in(ada)
    with django_assert_num_queries(PAGE_QUERIES):
        learner.get(page)
    with django_assert_num_queries(INSTRUCTORS_QUERIES):
        instructor.get(page)
    with django_assert_num_queries(VERDICT_QUERIES):
        learner.get(reverse("assignments:verdict", args=[own.pk]))


def test_a_hidden_check_costs_one_query_more(course, lin, signed_in, django_assert_num_queries):
    assignment = boards.make_assignment(
        course,
        boards.make_exercise(boards.HIDDEN_BOARD),
        closes_at=timezone.now() + timedelta(minutes=10),
    )
    boards.hand_in(assignment, lin, 3.0)
    Assignment.objects.update(closes_at=timezone.now())
    client = signed_in(lin)
    with django_assert_num_queries(PAGE_QUERIES + 1):  # whether others still work on the same exercise
        client.get(reverse("assignments:leaderboard", args=["edge", "halving"]))
