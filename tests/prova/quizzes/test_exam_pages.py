"""What a learner meets of an exam over HTTP: password, pages, feedback at once, conflicts, refusals."""

from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import reverse
from prova.courses.templatetags.prova import span
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.actions.settings import add_time, change_quiz
from prova.quizzes.models import Attempt, Quiz, RefusedRequest, Response
from prova.quizzes.refusals import AttemptOver
from prova.quizzes.views.whole_paper import take_whole_paper

from tests.prova.quizzes import questions
from tests.prova.quizzes.test_taking_page import assert_keeps_the_key


def url(name: str, *parts: object) -> str:
    return reverse(f"quizzes:{name}", args=parts)


@pytest.fixture
def items(attempt):
    return list(attempt.items.select_related("version", "variant"))


def test_the_password_is_asked_for_on_the_page_before(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"password": "sesame"})
    client, start = signed_in(lin), url("start", quiz.course.slug, quiz.slug)
    assert 'type="password"' in client.get(url("quiz", quiz.course.slug, quiz.slug)).content.decode()
    told = client.post(start, {"password": "guess"}, follow=True).content.decode()
    assert "not the password of this quiz" in told
    assert "sesame" not in told
    assert client.post(start, {"password": "sesame"}).url == url("attempt", Attempt.objects.get().pk)


def test_outside_the_network_neither_page_nor_save_is_there(quiz, attempt, items, lin, signed_in):
    change_quiz(quiz.pk, {"networks": ["10.0.0.0/8"]})
    client, save = signed_in(lin), url("save", attempt.pk, items[2].pk)
    assert client.get(url("attempt", attempt.pk)).status_code == 403
    assert client.post(save, {f"item-{items[2].pk}": "1"}).status_code == 403
    inside = {"REMOTE_ADDR": "10.9.8.7"}
    assert client.get(url("attempt", attempt.pk), **inside).status_code == 200
    assert client.post(save, {f"item-{items[2].pk}": "1"}, **inside).status_code == 200
    assert RefusedRequest.objects.get().kind == "network"


def test_the_page_before_submitting_is_not_shown_outside_the_network_either(quiz, attempt, lin, signed_in):
    change_quiz(quiz.pk, {"networks": ["10.0.0.0/8"]})
    client, submit = signed_in(lin), url("submit", attempt.pk)
    assert client.get(submit).status_code == 403
    assert client.get(submit, REMOTE_ADDR="10.9.8.7").status_code == 200
    # handing in shows nothing, and is possible from wherever the last answer was refused
    assert client.post(submit).url == url("result", attempt.pk)


def test_one_question_per_page_and_no_way_back(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"layout": "question", "is_one_way": True})
    attempt = start_attempt(Quiz.objects.get(), lin)
    client, page = signed_in(lin), url("attempt", attempt.pk)
    first = client.get(f"{page}?page=3").content.decode()
    assert first.count('class="question card"') == 1
    assert "Page 1 of 3" in first
    item = attempt.items.select_related("version", "variant")[0]
    answer = questions.right_answer(item)
    client.post(page, {f"item-{item.pk}": answer, "page": "1", "then": "leave:1"})
    assert "Page 2 of 3" in client.get(page).content.decode()
    assert client.post(url("save", attempt.pk, item.pk), {f"item-{item.pk}": "x"}).status_code == 409
    assert Response.objects.get().raw == answer
    assert RefusedRequest.objects.get().kind == "left"


def test_a_page_without_way_back_is_not_left_by_accident_while_something_on_it_is_open(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"layout": "question", "is_one_way": True})
    attempt = start_attempt(Quiz.objects.get(), lin)
    client, page = signed_in(lin), url("attempt", attempt.pk)
    asked = client.post(page, {"page": "1", "then": "leave:1"}, follow=True).content.decode()
    assert "1 question on this page is not answered" in asked
    assert "Page 1 of 3" in client.get(page).content.decode()
    client.post(page, {"page": "1", "then": "leave:1:sure"})
    assert "Page 2 of 3" in client.get(page).content.decode()
    assert "Page 2 of 3" in client.get(f"{page}?leaving=1").content.decode()  # loaded anew: nothing to ask


def test_before_submitting_no_link_leads_to_a_question_that_it_does_not_reach(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"layout": "question"})
    attempt = start_attempt(Quiz.objects.get(), lin)
    client, page = signed_in(lin), url("submit", attempt.pk)
    assert f'{url("attempt", attempt.pk)}?page=3#question-3"' in client.get(page).content.decode()
    Quiz.objects.update(is_one_way=True)
    asked = client.get(page).content.decode()
    assert '#question-1"' in asked
    assert '#question-3"' not in asked


def test_who_goes_on_from_a_page_of_an_attempt_that_another_tab_has_handed_in_is_told(attempt, rf):
    request = rf.post("/", {"page": "1", "then": "leave:1:sure"})
    told = request._messages = CookieStorage(request)
    submit_attempt(attempt.pk)  # after the view has found it open
    assert take_whole_paper(request, attempt)["Location"] == url("result", attempt.pk)
    assert [str(message) for message in told] == [AttemptOver().text()]


def test_feedback_at_once_shows_one_key_and_keeps_the_others(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"feedback_policy": "at_once"})
    attempt = start_attempt(Quiz.objects.get(), lin)
    first, *others = attempt.items.select_related("version", "variant")
    client, page = signed_in(lin), url("attempt", attempt.pk)
    assert_keeps_the_key(client.get(page).content.decode(), attempt)
    answer = questions.raw_answer(first, "forgot_sign")
    client.post(page, {f"item-{first.pk}": answer, "then": f"check:{first.pk}"})
    told = client.get(page).content.decode()
    assert "which-is-smaller-explained" in told
    assert "what-pruning-does-explained" not in told
    assert client.post(url("check", attempt.pk, others[0].pk)).status_code == 409


def test_an_answer_that_is_checked_before_it_was_saved_is_counted_as_answered(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"feedback_policy": "at_once"})
    attempt = start_attempt(Quiz.objects.get(), lin)
    first = attempt.items.select_related("version", "variant").earliest("pk")
    answer = {f"item-{first.pk}": questions.raw_answer(first, "forgot_sign"), "base": "0"}
    told = signed_in(lin).post(url("check", attempt.pk, first.pk), answer).content.decode()
    place = told[told.index(f'<li id="place-{first.pk}" hx-swap-oob="true">') :]
    assert 'class="place is-answered"' in place


@pytest.mark.parametrize(
    ("tells", "key_is_told", "explanation_is_told"),
    [
        ({}, True, True),
        ({"tells_key": False}, False, True),
        ({"tells_explanations": False}, True, False),
        ({"tells_key": False, "tells_explanations": False}, False, False),
    ],
)
def test_a_result_tells_what_the_quiz_allows(
    quiz, attempt, items, lin, signed_in, tells, key_is_told, explanation_is_told
):
    save_response(attempt.pk, items[0].pk, questions.raw_answer(items[0], "forgot_sign"), language="en")
    submit_attempt(attempt.pk)
    change_quiz(quiz.pk, tells)
    told = signed_in(lin).get(url("result", attempt.pk)).content.decode()
    assert ("right answer" in told) == key_is_told
    assert ("which-is-smaller-explained" in told) == explanation_is_told
    assert ("which-is-smaller-int8_right-explained" in told) == (key_is_told and explanation_is_told)


def test_an_older_tab_is_told_what_is_stored(attempt, items, lin, signed_in):
    client, save = signed_in(lin), url("save", attempt.pk, items[2].pk)
    field = f"item-{items[2].pk}"
    client.post(save, {field: "12", "base": "0", "tab": "one", "counter": "1"})
    answer = client.post(save, {field: "13", "base": "0", "tab": "two", "counter": "1"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert f'data-response-id="{Response.objects.get().pk}"' in told
    assert 'data-tab="one"' in told
    assert "<strong>12</strong>" in told
    chosen = {field: "13", "base": str(Response.objects.get().pk), "tab": "two", "counter": "2"}
    assert client.post(save, chosen).status_code == 200


def test_without_a_script_an_older_page_loses_nothing_and_undoes_nothing(attempt, items, lin, signed_in):
    client = signed_in(lin)
    save_response(attempt.pk, items[2].pk, ["12"], language="en")
    posted = {
        f"item-{items[2].pk}": "13",
        f"was-{items[2].pk}": "",
        f"base-{items[2].pk}": "0",
        "then": "save",
    }
    told = client.post(url("attempt", attempt.pk), posted, follow=True).content.decode()
    assert "another tab or device" in told
    assert Response.objects.get().raw == ["12"]


def test_an_open_page_learns_of_more_time(quiz, timed_attempt, lin, signed_in):
    client = signed_in(lin)
    before = client.get(url("time", timed_attempt.pk)).json()
    add_time(quiz.pk, 600)
    after = client.get(url("time", timed_attempt.pk)).json()
    assert after["is_open"]
    assert 595 <= after["seconds_left"] - before["seconds_left"] <= 600
    item = timed_attempt.items.first()
    saved = client.post(url("save", timed_attempt.pk, item.pk), {f"item-{item.pk}": "x"})
    assert int(saved["X-Seconds-Left"]) > 600


def test_forged_saves_are_refused_and_counted(quiz, attempt, items, lin, ada, signed_in):
    for _ in range(2):
        assert signed_in(ada).post(url("save", attempt.pk, items[0].pk), {}).status_code == 404
    assert signed_in(lin).post(url("save", attempt.pk, 0), {}).status_code == 404
    submit_attempt(attempt.pk)
    assert signed_in(lin).post(url("save", attempt.pk, items[0].pk), {}).status_code == 409
    counted = RefusedRequest.objects.values_list("kind", "user__username", "times")
    assert set(counted) == {("other_person", "ada", 2), ("other_item", "lin", 1), ("over", "lin", 1)}
    assert not Response.objects.exists()


def test_a_learner_s_own_times_are_told_before(quiz, lin, signed_in):
    change_quiz(quiz.pk, {"time_limit_s": 3600})
    quiz.accommodations.create(learner=lin, time_factor=1.5)
    page = signed_in(lin).get(url("quiz", quiz.course.slug, quiz.slug)).content.decode()
    assert span(90 * 60) in page
    attempt = start_attempt(quiz, lin)
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=90)
