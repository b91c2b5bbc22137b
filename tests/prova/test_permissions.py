"""Every address of the site, asked in every way by everybody: nobody is told what is not theirs to know."""

from dataclasses import replace
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from prova.accounts.models import User
from prova.accounts.tokens import issue
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import Assignment, Submission
from prova.courses.models import Role
from prova.regrades.actions import start_regrade
from prova.regrades.models import Regrade, RegradeState

from grader.report import ShownCall
from tests import people
from tests.prova.assignments import samples

SOURCE = "SECRET-OF-LIN"  #: stands in Lin's file
HIDDEN = "SECRET-OF-THE-CHECK"  #: an input of a hidden check
#: of the question bank, which all who teach share
SHARED = ("bank:", "authoring:", "pictures:")
INSTRUCTORS = ("teaching:", "regrades:", *SHARED)
FOR_ANYBODY = {"accounts:login", "healthz"}


class Address(NamedTuple):
    name: str
    parameters: tuple[str, ...]


def addresses(found=None, space: str = "") -> list[Address]:
    """Of everything but the admin's pages, which are Django's own."""
    listed = []
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver) and each.namespace != "admin":
            listed += addresses(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and each.name and each.name != "logout":
            listed.append(Address(space + each.name, tuple(each.pattern.converters)))
    return listed


class Site(NamedTuple):
    """A graded submission of Lin's with a hidden failure, and an open regrade of it."""

    assignment: Assignment
    submission: Submission
    regrade: Regrade

    def url(self, address: Address, **instead: str) -> str:
        is_api = address.name.startswith("assignments:api_")
        known = {
            "course": self.assignment.course.slug,
            "assignment": self.assignment.pk if is_api else self.assignment.slug,
            "submission": self.submission.pk,
            "regrade": self.regrade.pk,
            "number": 0,
            "token": 999_999,
            "quiz": "none",
            "question": "none",
            "attempt": 1,
            "item": 1,
        } | instead
        return reverse(address.name, kwargs={name: known.get(name, 999_999) for name in address.parameters})


@pytest.fixture
def site(course, ada, lin) -> Site:
    assignment = samples.make_assignment(course, samples.make_exercise())
    source = f"# {SOURCE}\n{samples.SOLUTION}"
    submission = submit_solution(assignment, lin, source)
    wrong = samples.failed(name="half_of_anything", max_points=1.0, visible=False)
    detail = replace(wrong, example=(ShownCall(function="halve", arguments=(HIDDEN,)),), got=HIDDEN)
    shown = replace(wrong, example=(), got=None, expected=None, slip=None, message=None)
    record_report(samples.report_of(submission, samples.passed(), shown, hidden_details=(detail,)))
    submission.refresh_from_db()
    assert HIDDEN in str(submission.hidden_details)
    regrade = start_regrade(assignment, ada, also_current=True)
    return Site(assignment, submission, regrade)


@pytest.fixture
def mei(course) -> User:
    """Learns beside Lin."""
    return people._enrol(people._person("mei", "Mei", "Wang"), course, Role.LEARNER)


@pytest.fixture
def otto(db) -> User:
    """Instructs in another course."""
    return people._enrol(people._person("otto", "Otto", "Else"), people.make_course("else"), Role.INSTRUCTOR)


class Answer(NamedTuple):
    name: str
    is_given: bool  #: neither refused nor sent elsewhere
    text: str


def ask(person: User | None, site: Site, **instead: str) -> list[Answer]:
    """Every address by GET and by POST."""
    headers = {"Authorization": f"Token {issue(person, 'test')}"} if person else {}
    client = Client(headers=headers)
    if person:
        client.force_login(person)
    answers = []
    for address in addresses():
        url = site.url(address, **instead)
        for answer in (
            client.get(url),
            client.post(url, {"assignment": site.assignment.slug, "shown": "yes"}),
        ):
            text = b"".join(answer) if answer.streaming else answer.content
            answers.append(Answer(address.name, answer.status_code < 300, text.decode()))
    return answers


def given(answers: list[Answer]) -> set[str]:
    return {answer.name for answer in answers if answer.is_given}


def telling(answers: list[Answer], secret: str) -> set[str]:
    return {answer.name for answer in answers if secret in answer.text}


def assert_nothing_was_decided(site: Site) -> None:
    site.assignment.refresh_from_db()
    site.regrade.refresh_from_db()
    assert site.assignment.hidden_details_shown is None
    assert site.regrade.state == RegradeState.OPEN
    assert Regrade.objects.count() == 1


def test_the_addresses_are_found():
    names = {address.name for address in addresses()}
    assert {"regrades:live", "assignments:file", "teaching:decide_hidden_details"} <= names
    assert len(names) > 35


def test_who_has_not_signed_in_is_given_nothing(site):
    answers = ask(None, site)
    assert given(answers) <= FOR_ANYBODY
    assert not telling(answers, SOURCE) | telling(answers, HIDDEN)
    assert_nothing_was_decided(site)


def test_a_learner_is_given_no_page_of_instructors_and_no_hidden_input(site, lin):
    answers = ask(lin, site)
    assert not any(name.startswith(INSTRUCTORS) for name in given(answers))
    assert "assignments:submission" in telling(answers, SOURCE)
    assert not telling(answers, HIDDEN)
    assert_nothing_was_decided(site)


def test_another_learner_is_not_told_what_somebody_handed_in(site, mei):
    answers = ask(mei, site)
    assert "assignments:assignment" in given(answers)
    assert not any(name.startswith(INSTRUCTORS) for name in given(answers))
    assert not telling(answers, SOURCE) | telling(answers, HIDDEN)
    assert_nothing_was_decided(site)


@pytest.mark.parametrize("course_in_the_address", ["edge", "else"])
def test_an_instructor_reaches_nothing_of_another_course(site, otto, course_in_the_address):
    """Neither there nor with its numbers in addresses of one's own course."""
    answers = ask(otto, site, course=course_in_the_address)
    own = {
        "course",
        "submissions",
        "submissions_csv",
        "questions",
        "questions_csv",
        "grades_csv",
        "regrades",
        "topics",
        "queue",
        "new",
        "quizzes",
    }
    allowed = {
        f"{space}{name}"
        for space in ("courses:", "practice:", "marking:", "quiz_builder:", *INSTRUCTORS)
        for name in own
    }
    allowed = allowed if course_in_the_address == "else" else set()
    of_this_course = {name for name in given(answers) if not name.startswith(SHARED)}
    assert of_this_course <= allowed | FOR_ANYBODY | {
        "home",
        "accounts:tokens",
        "assignments:api_assignments",
    }
    assert not telling(answers, SOURCE) | telling(answers, HIDDEN)
    assert_nothing_was_decided(site)


def test_the_instructor_of_the_course_reads_both(site, ada):
    answers = ask(ada, site)
    assert telling(answers, SOURCE) == {"teaching:submission"}
    assert telling(answers, HIDDEN) == {"teaching:submission"}
