from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import GRACE, save_response, submit_attempt
from prova.quizzes.models import Attempt, Response

from tests.prova.quizzes.questions import raw_answer


@pytest.fixture
def items(attempt):
    return list(attempt.items.select_related("version", "variant"))


def post(client, attempt, item, raw, headers=None):
    url = reverse("quizzes:save", args=[attempt.pk, item.pk])
    return client.post(url, {f"item-{item.pk}": raw}, headers=headers or {"HX-Request": "true"})


def test_it_works(attempt, items, lin, signed_in):
    response = post(signed_in(lin), attempt, items[0], raw_answer(items[0], "forgot_sign"))
    assert response.status_code == 200
    assert "Saved" in response.content.decode()
    assert Response.objects.get().value == {"chosen": ["forgot_sign"]}


def test_the_answer_is_there_after_closing_the_browser(attempt, items, lin, signed_in):
    post(signed_in(lin), attempt, items[2], ["3,5"])
    page = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert 'value="3,5"' in page
    assert "read as <strong>3.5</strong>" in page


def test_answers_are_added_never_changed_and_the_newest_counts(attempt, items, lin, signed_in):
    client = signed_in(lin)
    for text in ("1", "2", "3"):
        post(client, attempt, items[2], [text])
    assert list(Response.objects.order_by("pk").values_list("value__text", flat=True)) == ["1", "2", "3"]


def test_the_same_answer_twice_is_kept_once(attempt, items, lin, signed_in):
    client = signed_in(lin)
    for _ in range(3):
        assert post(client, attempt, items[2], ["7"]).status_code == 200
    assert Response.objects.count() == 1


def test_an_answer_can_be_taken_back(attempt, items, lin, signed_in):
    client = signed_in(lin)
    post(client, attempt, items[1], raw_answer(items[1], "sparser"))
    response = post(client, attempt, items[1], [])
    assert "Not answered yet" in response.content.decode()
    assert Response.objects.latest("pk").value == {"chosen": []}


def test_what_is_not_a_number_is_kept_as_typed_and_said(attempt, items, lin, signed_in):
    response = post(signed_in(lin), attempt, items[2], ["about four"])
    assert "not a number" in response.content.decode()
    assert Response.objects.get().raw == ["about four"]
    assert Response.objects.get().value is None


def test_a_point_that_may_group_thousands_is_read_in_the_page_s_language(attempt, items, lin, signed_in):
    lin.language = "pt-br"
    lin.save()
    response = post(signed_in(lin), attempt, items[2], ["1.024"])
    assert "lido como <strong>1024</strong>" in response.content.decode()


def test_an_option_of_another_question_is_not_stored_as_an_answer(attempt, items, lin, signed_in):
    post(signed_in(lin), attempt, items[0], raw_answer(items[1], "sparser"))
    assert Response.objects.get().value is None


def test_markup_typed_as_an_answer_is_shown_as_text(attempt, items, lin, signed_in):
    post(signed_in(lin), attempt, items[2], ["<script>alert(1)</script>"])
    page = signed_in(lin).get(reverse("quizzes:submit", args=[attempt.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_after_submitting_it_is_refused_in_plain_words(attempt, items, lin, signed_in):
    submit_attempt(attempt.pk)
    response = post(signed_in(lin), attempt, items[2], ["1024"])
    assert response.status_code == 409
    assert "This attempt is over" in response.content.decode()
    assert not Response.objects.exists()


def test_after_the_time_it_is_refused_but_a_late_arrival_is_not(timed_attempt):
    item = timed_attempt.items.get(position=3)
    save_response(timed_attempt.pk, item.pk, ["1"], language="en", now=timed_attempt.deadline_at + GRACE / 2)
    assert Response.objects.count() == 1


def test_after_the_time_and_the_grace_it_is_refused(timed_attempt, lin, signed_in):
    Attempt.objects.update(deadline_at=timezone.now() - GRACE - timedelta(seconds=1))
    item = timed_attempt.items.get(position=3)
    assert post(signed_in(lin), timed_attempt, item, ["1"]).status_code == 409


def test_another_person_s_attempt_does_not_exist_and_asking_is_logged(attempt, items, ada, signed_in, caplog):
    response = post(signed_in(ada), attempt, items[0], [])
    assert response.status_code == 404
    assert f"refused: user {ada.pk}, attempt {attempt.pk}, other_person" in caplog.text


def test_a_question_of_another_attempt_does_not_exist(attempt, lin, signed_in):
    url = reverse("quizzes:save", args=[attempt.pk, 10**9])
    assert signed_in(lin).post(url).status_code == 404


def test_a_signed_out_browser_is_told_so_and_not_sent_to_a_page(attempt, items, client):
    assert post(client, attempt, items[0], []).status_code == 401


def test_saving_needs_the_page_s_token(attempt, items, lin):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(lin)
    assert post(client, attempt, items[0], []).status_code == 403


def test_saving_takes_few_queries(attempt, items, lin, signed_in, django_assert_num_queries):
    client = signed_in(lin)
    post(client, attempt, items[2], ["1000"])
    # session, user, begin, attempt with its quiz (locked), item with its newest answer (its question was read before),
    # insert, end
    with django_assert_num_queries(7):
        post(client, attempt, items[2], ["1024"])
