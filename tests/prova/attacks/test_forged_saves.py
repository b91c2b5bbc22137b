"""What may be tried against an open attempt, one test each: another clock, submitting twice, saves that are sent again
or made up, and the number of somebody else's attempt. What is refused is counted, and its instructor sees it.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.gradebook.models import GradeChange
from prova.marking.models import MarkChange
from prova.quizzes.actions import GRACE, start_attempt, submit_attempt
from prova.quizzes.models import Attempt, Quiz, RefusedRequest, Response

from tests import people
from tests.prova.quizzes import questions


@pytest.fixture
def quiz(course) -> Quiz:
    return questions.make_quiz(course, [(questions.single(), 1), (questions.number(), 1)])


@pytest.fixture
def client(lin, signed_in):
    return signed_in(lin)


@pytest.fixture
def mei(course):
    return people._enrol(people._person("mei", "Mei", "Wang"), course, people.Role.LEARNER)


@pytest.fixture
def paper(quiz, client):
    """Lin's attempt and its number question."""
    client.post(reverse("quizzes:start", args=[quiz.course.slug, quiz.slug]))
    attempt = Attempt.objects.get()
    return attempt, attempt.items.last()


def url(name: str, *parts: object) -> str:
    return reverse(f"quizzes:{name}", args=parts)


def save(client, attempt, item, text: str, **fields: object):
    return client.post(url("save", attempt.pk, item.pk), {f"item-{item.pk}": text, **fields})


def refused() -> set[tuple[str, str, int]]:
    return set(RefusedRequest.objects.values_list("kind", "user__username", "times"))


def answers() -> list[list[str]]:
    return list(Response.objects.order_by("pk").values_list("raw", flat=True))


def test_another_clock_gains_no_time(paper, client, caplog):
    attempt, item = paper
    deadline = timezone.now() - GRACE - timedelta(seconds=1)
    Attempt.objects.update(deadline_at=deadline)
    early = {"Date": "Sun, 01 Jan 2023 00:00:00 GMT", "If-Modified-Since": "Sun, 01 Jan 2023 00:00:00 GMT"}
    forged = {f"item-{item.pk}": "1024", "saved_at": "2023-01-01", "now": "0", "deadline_at": "2099-01-01"}
    late = client.post(url("save", attempt.pk, item.pk), forged, headers=early)
    assert (late.status_code, late["X-Refused"]) == (409, "over")
    whole = client.post(url("attempt", attempt.pk), {**forged, f"was-{item.pk}": "", "then": "save"})
    assert whole["Location"] == url("result", attempt.pk)
    assert refused() == {("over", "lin", 2)}
    assert "over" in caplog.text
    assert answers() == []
    assert Attempt.objects.get().submitted_at == deadline


def test_submitting_twice_marks_once_and_what_comes_after_is_refused(paper, client):
    attempt, item = paper
    save(client, attempt, item, "1024")
    for _ in range(2):
        assert client.post(url("submit", attempt.pk))["Location"] == url("result", attempt.pk)
    first = Attempt.objects.get()
    assert MarkChange.objects.count() == attempt.items.count()
    assert GradeChange.objects.count() == 1
    assert save(client, attempt, item, "7").status_code == 409
    client.post(url("attempt", attempt.pk), {f"item-{item.pk}": "8", "then": "review"})
    client.post(url("submit", attempt.pk), {"because": "time"})
    assert (answers(), Attempt.objects.get().score) == ([["1024"]], first.score)
    assert refused() == {("over", "lin", 2)}


def test_a_save_that_is_sent_again_or_made_up_undoes_nothing(paper, client, quiz, mei):
    attempt, item = paper
    first = {"base": "0", "tab": "one", "counter": "1"}
    save(client, attempt, item, "1", **first)
    shown = Response.objects.get().pk
    save(client, attempt, item, "1024", base=shown, tab="one", counter="2")
    assert (
        save(client, attempt, item, "1", **first)["X-Tab-Counter"] == "2"
    )  # a retry whose answer was lost is one too
    for made_up in (
        {"base": "0", "tab": "two", "counter": "9"},
        {"base": shown, "tab": "one", "counter": "0"},
    ):
        assert save(client, attempt, item, "3", **made_up).status_code in {200, 409}
    assert answers() == [["1"], ["1024"]]
    assert save(client, attempt, start_attempt(quiz, mei).items.last(), "3").status_code == 404
    whole = client.post(url("attempt", attempt.pk), {"then": "flag:999999:on"})
    assert whole.status_code == 404
    submit_attempt(attempt.pk)
    assert save(client, attempt, item, "1024", base=shown, tab="one", counter="2").status_code == 409
    assert refused() == {("other_item", "lin", 2), ("over", "lin", 1)}
    assert len(answers()) == 2


def test_somebody_else_s_attempt_is_refused_and_its_instructor_sees_who_tried(
    paper, course, ada, mei, client, signed_in, caplog
):
    attempt, item = paper
    other = signed_in(mei)
    for name in ("save", "flag", "item_language", "hint", "check"):
        assert other.post(url(name, attempt.pk, item.pk), {f"item-{item.pk}": "9"}).status_code == 404
    for name in ("attempt", "submit"):
        assert other.post(url(name, attempt.pk), {f"item-{item.pk}": "9", "then": "save"}).status_code == 404
    for name in ("attempt", "submit", "time", "result"):
        assert other.get(url(name, attempt.pk)).status_code == 404
    assert refused() == {("other_person", "mei", 11)}
    assert f"refused: user {mei.pk}, attempt {attempt.pk}, other_person" in caplog.text
    assert (answers(), Attempt.objects.get().is_open) == ([], True)
    where = [course.slug, attempt.quiz.slug]
    as_ada = signed_in(ada)
    now = as_ada.get(reverse("quiz_builder:now", args=where)).content.decode()
    told = now.partition('id="refused"')[2]
    assert all(words in told for words in ("by somebody whose attempt it is not", "Mei Wang", ">11<"))
    theirs = as_ada.get(reverse("teaching:attempt", args=[*where, attempt.pk])).content.decode()
    assert "11 × by somebody whose attempt it is not (Mei Wang)" in theirs
    assert "by somebody whose attempt" not in client.get(url("attempt", attempt.pk)).content.decode()
