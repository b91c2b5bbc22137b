"""What an open page asks of the site while its attempt goes on: the time, buttons of one question, the end."""

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import submit_attempt
from prova.quizzes.actions.settings import add_time, change_quiz
from prova.quizzes.models import Attempt, FeedbackPolicy, Response

from tests.prova.quizzes.questions import raw_answer


@pytest.fixture
def items(attempt):
    return list(attempt.items.select_related("version", "variant"))


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def sent(item, *texts, base=0, tab="one", counter=1):
    known = {"base": str(base), "tab": tab, "counter": str(counter)}
    return {f"item-{item.pk}": list(texts)} | known


def test_asking_for_the_time_costs_three_queries(timed_attempt, lin, signed_in, django_assert_num_queries):
    client = signed_in(lin)
    # session, user, attempt with its quiz: 250 open pages ask every half minute
    with django_assert_num_queries(3):
        told = client.get(url("time", timed_attempt.pk)).json()
    assert told["is_open"]
    assert 50 <= told["seconds_left"] <= 60
    assert told["late_at"] == 180


def test_without_a_limit_there_is_no_time_to_tell(attempt, lin, signed_in):
    assert signed_in(lin).get(url("time", attempt.pk)).json() == {"is_open": True, "seconds_left": None}


def test_an_open_page_learns_that_the_attempt_was_submitted_elsewhere(attempt, lin, signed_in):
    submit_attempt(attempt.pk)
    assert not signed_in(lin).get(url("time", attempt.pk)).json()["is_open"]


def test_the_time_is_told_to_its_learner_alone(attempt, ada, client, signed_in):
    assert signed_in(ada).get(url("time", attempt.pk)).status_code == 404
    client.logout()
    assert client.get(url("time", attempt.pk)).status_code == 401


def test_a_page_whose_clock_is_wrong_cannot_end_an_attempt(quiz, timed_attempt, lin, signed_in):
    client, submit = signed_in(lin), url("submit", timed_attempt.pk)
    assert client.post(submit, {"because": "time"}).url == url("attempt", timed_attempt.pk)
    assert Attempt.objects.get().is_open
    Attempt.objects.update(deadline_at=timezone.now())
    assert client.post(submit, {"because": "time"}).url == url("result", timed_attempt.pk)
    assert Attempt.objects.get().is_timed_out


def test_more_time_given_at_the_last_moment_keeps_the_attempt_open(quiz, timed_attempt, lin, signed_in):
    Attempt.objects.update(deadline_at=timezone.now())
    add_time(quiz.pk, 600)
    signed_in(lin).post(url("submit", timed_attempt.pk), {"because": "time"})
    assert Attempt.objects.get().is_open


def test_submitting_twice_and_going_back_leads_to_the_one_result(attempt, items, lin, signed_in):
    client = signed_in(lin)
    for _ in range(2):
        assert client.post(url("submit", attempt.pk)).url == url("result", attempt.pk)
    before = Attempt.objects.get().submitted_at
    for page in ("attempt", "submit"):
        back = client.get(url(page, attempt.pk), follow=True)
        assert back.redirect_chain[-1][0] == url("result", attempt.pk)
    assert Attempt.objects.get().submitted_at == before
    assert "no-store" in client.get(url("result", attempt.pk))["Cache-Control"]


def test_a_replayed_save_changes_nothing_and_says_which_save_was_the_last(attempt, items, lin, signed_in):
    client, save = signed_in(lin), url("save", attempt.pk, items[2].pk)
    client.post(save, sent(items[2], "1"))
    client.post(save, sent(items[2], "2", counter=2))
    replayed = client.post(save, sent(items[2], "1"))
    assert replayed["X-Tab-Counter"] == "2"
    assert Response.objects.latest("pk").raw == ["2"]


def test_a_refusal_says_its_kind_to_the_script(attempt, items, lin, signed_in):
    submit_attempt(attempt.pk)
    refused = signed_in(lin).post(url("save", attempt.pk, items[0].pk), sent(items[0]))
    assert (refused.status_code, refused["X-Refused"]) == (409, "over")


def test_switching_the_language_in_an_older_tab_undoes_no_newer_answer(attempt, items, lin, signed_in):
    client = signed_in(lin)
    client.post(url("save", attempt.pk, items[2].pk), sent(items[2], "12", tab="two"))
    switched = client.post(
        url("item_language", attempt.pk, items[2].pk), sent(items[2], "13") | {"language": "pt-br"}
    )
    assert switched.status_code == 409
    assert "data-conflict" in switched.content.decode()
    assert Response.objects.get().raw == ["12"]


def test_checking_saves_the_answer_on_the_page_first(quiz, attempt, items, lin, signed_in):
    change_quiz(quiz.pk, {"feedback_policy": FeedbackPolicy.AT_ONCE})
    client, check = signed_in(lin), url("check", attempt.pk, items[0].pk)
    empty = client.post(check, sent(items[0]))
    assert (empty.status_code, empty["X-Refused"]) == (409, "not_now")
    card = client.post(
        check, sent(items[0], *raw_answer(items[0], "forgot_sign"), counter=2)
    ).content.decode()
    assert "question--result" in card
    assert 'data-position="1"' in card
    later = client.post(url("save", attempt.pk, items[0].pk), sent(items[0], counter=3))
    assert (later.status_code, later["X-Refused"]) == (409, "checked")
    assert Response.objects.latest("pk").value == {"chosen": ["forgot_sign"]}
