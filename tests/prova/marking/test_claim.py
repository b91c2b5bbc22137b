"""Two people who mark the same question at the same time are led to different answers; nobody is kept out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.marking.actions.claim import LASTS, claim
from prova.marking.models import Claim, Mark

from tests.prova.marking import papers
from tests.prova.marking.papers import ALL
from tests.prova.quizzes import questions
from tests.prova.teaching.classroom import make_learners

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(course):
    quiz = questions.make_quiz(course, [(papers.free_text(), 4)])
    return [papers.item_of_type(papers.take(quiz, each), "free_text") for each in make_learners(course, 4)]


def url(course, item, name="answer"):
    return reverse(f"marking:{name}", args=[course.slug, item.pk])


def form(seen=0):
    return {**{f"level-{criterion}": level for criterion, level in ALL.items()}, "seen": seen}


def test_an_open_answer_is_said_to_be_open_to_others_only(course, items, ada, bob, signed_in):
    page = url(course, items[0])
    assert "answer open since" not in signed_in(ada).get(page).content.decode()
    assert "answer open since" not in signed_in(ada).get(page).content.decode()
    told = signed_in(bob).get(page).content.decode()
    assert "Somebody else has had this answer open since" in told
    items[0].attempt.quiz.marks_blind = False
    items[0].attempt.quiz.save()
    assert "Ada Lovelace has had this answer open" in signed_in(bob).get(page).content.decode()
    assert signed_in(bob).post(url(course, items[0], "mark"), form()).status_code == 302
    assert Mark.objects.get().marker == bob


def test_the_queue_and_what_comes_next_lead_two_markers_to_different_answers(
    course, items, ada, bob, signed_in
):
    def opens(who, expected, reply):
        assert reply["Location"] == url(course, expected)
        signed_in(who).get(reply["Location"])

    signed_in(ada).get(url(course, items[0]))
    queue = signed_in(bob).get(reverse("marking:queue", args=[course.slug])).content.decode()
    assert url(course, items[1]) in queue
    signed_in(bob).get(url(course, items[1]))
    opens(ada, items[2], signed_in(ada).post(url(course, items[0], "mark"), form()))
    opens(bob, items[3], signed_in(bob).get(url(course, items[1], "skip")))
    opens(ada, items[1], signed_in(ada).post(url(course, items[2], "mark"), form()))


def test_who_leaves_without_marking_holds_an_answer_for_some_minutes_only(items, ada, bob):
    now = timezone.now()
    assert claim(items[0], ada, now) is None
    assert claim(items[0], ada, now + LASTS / 2) is None
    held = claim(items[0], bob, now + LASTS)
    assert held is not None
    assert (held.marker, held.since) == (ada, now)
    later = now + LASTS * 1.5 + timedelta(seconds=1)
    assert claim(items[0], bob, later) is None
    assert Claim.objects.get().marker == bob


def test_where_all_that_is_left_is_open_elsewhere_it_is_offered_all_the_same(
    course, items, ada, bob, signed_in
):
    for item in items[1:]:
        claim(item, bob, timezone.now())
    reply = signed_in(ada).post(url(course, items[0], "mark"), form())
    assert reply["Location"] == url(course, items[1])
