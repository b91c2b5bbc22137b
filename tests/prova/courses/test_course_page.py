"""The course page as a catalogue: topics, levels, what an exercise builds on, what is next."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from prova.accounts.models import User
from prova.assignments.actions import SubmissionRefused, submit_solution
from prova.assignments.models import Assignment, Exercise
from prova.assignments.prerequisites import ENOUGH, prerequisites_of
from prova.assignments.refusals import Refusal
from prova.courses.models import Course
from prova.courses.views import DUE_SHOWN
from prova.gradebook.models import GradebookEntry

from tests.prova.assignments import samples

QUERIES = 6  # session, person, course and role, grades, quizzes, assignments
EXERCISE_QUERIES = 6  # session, person, course and role, assignment, submissions, prerequisites


def offer(course: Course, slug: str, *before: str, **fields: Any) -> Assignment:
    about = {
        "titles": {"en": slug.capitalize(), "pt-br": f"{slug} em português"},
        "topics": fields.pop("topics", ["pruning"]),
        "level": fields.pop("level", "introductory"),
        "prerequisites": list(before),
    }
    exercise = Exercise.objects.create(slug=slug, version="1" * 24, metadata=samples.METADATA | about)
    return samples.make_assignment(course, exercise, slug=slug, exercise_slug=slug, **fields)


def grade(learner: User, assignment: Assignment, share: float) -> None:
    GradebookEntry.objects.create(
        course=assignment.course,
        learner=learner,
        assignment=assignment,
        points=share * assignment.points,
        max_points=assignment.points,
    )


def page(client: Client, name: str = "courses:course", *args: str) -> str:
    answer = client.get(reverse(name, args=args or ["edge"]))
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def after_heading(shown: str, heading: str) -> str:
    return shown[shown.index(f">{heading}</h") :]


def test_exercises_stand_below_their_topic_and_level(course, lin, signed_in):
    offer(course, "hard", level="advanced")
    offer(course, "easy")
    offer(course, "other", topics=["quantization"])
    offer(course, "capstone", topics=["pruning", "quantization", "distillation"], level="advanced")

    shown = page(signed_in(lin))

    pruning = after_heading(shown, "Pruning")
    assert (
        pruning.index("Introductory")
        < pruning.index("Easy")
        < pruning.index("Advanced")
        < pruning.index("Hard")
    )
    assert shown.index('<h2 id="topic-3"') > shown.index("Other")
    assert "Capstone" in after_heading(shown, "All of it together")


def test_in_portuguese_topics_levels_and_prerequisites_are_portuguese(course, lin, signed_in):
    offer(course, "first")
    offer(course, "second", "first", level="intermediate")
    lin.language = "pt-br"
    lin.save()

    shown = page(signed_in(lin))

    for words in (
        "Poda",
        "Introdutório",
        "Intermediário",
        "Baseia-se em:",
        "ainda não feito",
        "first em português",
    ):
        assert words in shown
    for words in ("Introductory", "Builds on", "not done yet"):
        assert words not in shown


@pytest.mark.parametrize(("share", "said"), [(1.0, "done"), (ENOUGH, "done"), (ENOUGH - 0.1, "not done yet")])
def test_a_prerequisite_is_done_with_most_of_its_points(course, lin, signed_in, share, said):
    first = offer(course, "first")
    second = offer(course, "second", "first")
    grade(lin, first, share)

    on_list = page(signed_in(lin))
    on_page = page(signed_in(lin), "assignments:assignment", "edge", "second")

    assert f'First<span class="visually-hidden"> ({said})</span>' in on_list
    assert f'>First</a> <span class="small muted">{said}</span>' in on_page
    assert [each.is_done for each in prerequisites_of(second, lin)] == [said == "done"]


def test_what_the_course_does_not_offer_is_no_prerequisite(course, lin, signed_in):
    offer(course, "hidden", is_published=False)
    offer(Course.objects.create(slug="else", titles={"en": "Else"}), "elsewhere")
    offer(course, "second", "hidden", "elsewhere", "unknown")

    assert "Builds on" not in page(signed_in(lin))
    assert "Builds on" not in page(signed_in(lin), "assignments:assignment", "edge", "second")


def test_next_is_what_is_begun_and_then_the_easiest_that_is_ready(course, lin, signed_in):
    offer(course, "advanced", level="advanced")
    offer(course, "unready", "advanced")
    begun = offer(course, "begun", level="advanced")
    done = offer(course, "done")
    offer(course, "easy")
    offer(course, "middle", "done", level="intermediate")
    grade(lin, begun, 0.2)
    grade(lin, done, 1.0)

    shown = page(signed_in(lin))
    listed = after_heading(shown, "Next for you").split("</ul>")[0]

    assert [word for word in ("Begun", "Easy", "Middle") if word in listed] == ["Begun", "Easy", "Middle"]
    assert listed.index("Begun") < listed.index("Easy") < listed.index("Middle")
    assert "Unready" not in listed
    assert "Done" not in listed


# ---- a hint, unless the instructor asks for it


def test_prerequisites_keep_nobody_from_submitting(course, lin):
    offer(course, "first")
    assert submit_solution(offer(course, "second", "first"), lin, samples.SOLUTION).pk


def test_where_the_instructor_asks_for_them_they_do(course, lin, signed_in):
    first = offer(course, "first")
    second = offer(course, "second", "first", prerequisites_required=True)

    with pytest.raises(SubmissionRefused) as caught:
        submit_solution(second, lin, samples.SOLUTION)
    assert caught.value.refusal is Refusal.PREREQUISITES
    assert caught.value.sentence == "Your instructor asks for another exercise first: First."
    assert "locked" in page(signed_in(lin))
    locked = page(signed_in(lin), "assignments:assignment", "edge", "second")
    assert "Your instructor asks for this first:" in locked
    assert 'editor__submit" disabled' in locked

    grade(lin, first, ENOUGH)
    assert submit_solution(second, lin, samples.SOLUTION).pk
    assert "locked" not in page(signed_in(lin))


# ---- thirty of them


def test_its_queries_do_not_grow_with_the_catalogue(course, lin, signed_in, django_assert_num_queries):
    client = signed_in(lin)
    offer(course, "first")
    for count in (1, 30):
        for number in range(count):
            offer(course, f"exercise{count}-{number}", "first")
        with django_assert_num_queries(QUERIES):
            client.get(reverse("courses:course", args=["edge"]))
    with django_assert_num_queries(EXERCISE_QUERIES):
        client.get(reverse("assignments:assignment", args=["edge", "exercise30-3"]))


def test_home_shows_the_first_of_them_and_says_how_many_more(course, lin, signed_in):
    for number in range(DUE_SHOWN + 5):
        offer(course, f"exercise{number:02}")

    shown = signed_in(lin).get(reverse("home")).content.decode()

    assert shown.count('class="work work--new"') == DUE_SHOWN
    assert "5 more, by topic:" in shown
