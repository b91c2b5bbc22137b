"""Every address asked with what is Lin's, by a fellow learner, by who teaches elsewhere and by a stranger."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from prova.courses.models import Role
from prova.drawing.models import DrawRequest
from prova.marking.models import Mark, MarkChange
from prova.practice.models import PracticeTurn
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.actions.settings import accommodate
from prova.quizzes.models import Accommodation, Attempt, AttemptItem, Quiz, Response

from tests import people
from tests.prova.attacks.marked_secrets import quiz_of_all_types
from tests.prova.quizzes import questions
from tests.prova.test_permissions import Address, addresses

SECRET = "SECRET-OF-LIN"
REASON = "REASON-OF-LIN"
#: the others are asked in test_permissions.py
SPACES = ("quizzes:", "quiz_builder:", "marking:", "practice:", "teaching:", "drawing:")
#: begin something of one's own
OWN = ("quizzes:start", "practice:begin")


@dataclass(frozen=True)
class Lins:
    attempt: Attempt
    item: AttemptItem
    turn: PracticeTurn
    known: dict[str, Any]

    def url(self, address: Address) -> str:
        return reverse(address.name, kwargs={name: self.known.get(name, 1) for name in address.parameters})


@pytest.fixture
def lins(request, course, ada, lin) -> Lins:
    quiz = quiz_of_all_types(course)
    accommodate(quiz, lin, {"extra_s": 60, "reason": REASON}, by=ada)
    attempt = start_attempt(quiz, lin)
    item = attempt.items.get(version__content__type="free_text")
    save_response(attempt.pk, item.pk, [f"{SECRET} is what I think of it"], language="en")
    if request.param == "submitted":
        submit_attempt(attempt.pk)
    first = attempt.items.select_related("version")[0]
    turn = PracticeTurn.objects.create(
        learner=lin,
        course=course,
        question_id=first.version.question_id,
        version=first.version,
        variant_id=first.variant_id,
        topic="quantization",
        seed=1,
        asked_at=attempt.started_at,
    )
    known = {
        "course": course.slug,
        "quiz": quiz.slug,
        "question": "a-free-text",
        "attempt": attempt.pk,
        "item": item.pk,
        "turn": turn.pk,
        "learner": lin.pk,
        "slug": "none",
        "assignment": "none",
        "name": "none",
        "token": 999_999,
        "path": "none",
        "request": "999999",
    }
    return Lins(attempt, item, turn, known)


def person(who: str, course):
    if who == "fellow learner":
        return people._enrol(people._person("mei", "Mei", "Wang"), course, Role.LEARNER)
    if who == "instructor elsewhere":
        otto = people._person("otto", "Otto", "Else")
        return people._enrol(otto, people.make_course("else"), Role.INSTRUCTOR)
    return people.make_sam()


def state_of(lins: Lins) -> list[Any]:
    rows = [Attempt.with_previews, AttemptItem.objects, Response.objects, Accommodation.objects, Mark.objects]
    rows += [MarkChange.objects, PracticeTurn.objects, Quiz.objects, DrawRequest.objects]
    return [list(each.order_by("pk").values()) for each in rows]


FORM = {
    **{"extra_s": "9", "time_factor": "2", "minutes": "9", "to": "all", "seen": "0", "score": "4"},
    **{"reason": "because", "level-cause": "complete", "level-remedy": "partly", "then": "show"},
}


@pytest.mark.parametrize(
    ("lins", "who"),
    [
        ("open", "fellow learner"),
        ("open", "stranger"),
        ("submitted", "fellow learner"),
        ("submitted", "instructor elsewhere"),
    ],
    indirect=["lins"],
)
def test_what_is_lins_is_neither_told_nor_changed(lins, course, who):
    user = person(who, course)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    before = state_of(lins)
    answered = {}
    for address in addresses():
        if not address.name.startswith(SPACES) or address.name in OWN:
            continue
        url = lins.url(address)
        form = {**FORM, "learner": str(lins.attempt.learner_id)}
        for answer in (client.get(url), client.post(url, form)):
            text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
            if answer.status_code >= 500 or SECRET in text or REASON in text:
                answered[address.name] = answer.status_code
    assert answered == {}
    after = state_of(lins)
    assert [row for old, new in zip(before, after, strict=True) for row in new if row not in old] == []


@pytest.mark.parametrize("lins", ["open"], indirect=True)
def test_ids_inside_of_forms_reach_no_other_quiz_or_attempt(lins, course, signed_in):
    """Otto teaches elsewhere, and sends ids of Ada's course to pages of his own."""
    otto = person("instructor elsewhere", course)
    his = questions.make_quiz(otto.enrolments.get().course, [(questions.single("his"), 1)], slug="his")
    Quiz.objects.filter(pk=his.pk).update(is_published=False)
    theirs = lins.attempt.quiz
    client, before = signed_in(otto), state_of(lins)

    def post(name: str, form: dict[str, Any]) -> None:
        answer = client.post(reverse(f"quiz_builder:{name}", args=["else", "his"]), form)
        assert answer.status_code < 500

    item = theirs.items.first()
    post("questions", {"do": f"remove:q{item.pk}"})
    post("questions", {"do": f"move:q{item.pk}:0:0", "key": f"q{item.pk}", f"points-q{item.pk}": "9"})
    for do in ("move:q1:999999:999999", "up:", "move:", "section-remove:1", "section-up:99", "pool", "add"):
        post("questions", {"do": do, "to-section": "1", "question": "nothing"})
    post("accommodations", {"learner": lins.attempt.learner_id, "extra_s": "60", "time_factor": "1"})
    post("add_time", {"minutes": "9", "to": lins.attempt.pk})
    assert [
        row for old, new in zip(before[:6], state_of(lins)[:6], strict=True) for row in new if row not in old
    ] == []
    assert list(theirs.items.values()) == list(Quiz.objects.get(pk=theirs.pk).items.values())
