"""Questions that are answered row by row, as pages ask them and requests answer them."""

import re

import pytest
from django.urls import reverse
from prova.quizzes.actions import save_response, start_attempt, submit_attempt
from prova.quizzes.models import Response

from tests.prova.quizzes import questions
from tests.prova.quizzes.test_taking_page import assert_keeps_the_key


@pytest.fixture(params=[questions.statements, questions.pairs, questions.steps])
def attempt(request, course, lin):
    quiz = questions.make_quiz(course, [(request.param(), 3), (questions.single(), 1)])
    return start_attempt(quiz, lin)


@pytest.fixture
def item(attempt):
    return attempt.items.get(position=1)


@pytest.fixture
def client(signed_in, lin):
    return signed_in(lin)


def page_of(client, attempt, page="attempt") -> str:
    return client.get(reverse(f"quizzes:{page}", args=[attempt.pk])).content.decode()


def save(client, item, values):
    return client.post(reverse("quizzes:save", args=[item.attempt_id, item.pk]), values).content.decode()


def test_the_page_asks_every_row_and_keeps_the_key(client, attempt, item):
    page = page_of(client, attempt)
    assert page.count('class="row"') == 3
    assert_keeps_the_key(page, attempt)


def test_rows_are_saved_in_the_background_and_open_ones_are_counted(client, item):
    first, second, third = questions.right_answer(item)
    said = save(client, item, {f"item-{item.pk}.1": first, f"item-{item.pk}.2": "", f"item-{item.pk}.3": ""})
    assert "2 rows are still open" in said
    said = save(
        client, item, {f"item-{item.pk}.1": first, f"item-{item.pk}.2": second, f"item-{item.pk}.3": third}
    )
    assert "still open" not in said
    assert Response.objects.count() == 2
    newest = Response.objects.latest("pk")
    assert newest.value is not None
    assert len(newest.value["rows"]) == 3


def test_answers_of_another_question_are_not_taken_for_rows(client, attempt, item):
    values = questions.right_answer(item)
    save(
        client,
        item,
        {f"item-{item.pk}.1": values[0], f"item-{item.pk}0.1": values[1], f"item-{item.pk}x": "y"},
    )
    assert Response.objects.get().raw == values[:1]


def test_the_whole_paper_is_saved_without_scripts(client, attempt, item):
    form = {f"item-{item.pk}.{row}": value for row, value in enumerate(questions.right_answer(item), 1)}
    client.post(reverse("quizzes:attempt", args=[attempt.pk]), {**form, "then": "save"})
    assert item.responses.get().raw == questions.right_answer(item)
    page = page_of(client, attempt)
    assert all(
        re.search(f'value="{value}" (checked|selected)', page) for value in questions.right_answer(item)
    )


def test_before_submitting_the_page_names_questions_with_open_rows(client, attempt, item):
    save_response(attempt.pk, item.pk, questions.right_answer(item)[:1], language="en")
    assert "Not every row or gap is answered in:" in page_of(client, attempt, "submit")
    save_response(attempt.pk, item.pk, questions.right_answer(item), language="en")
    assert "Not every row or gap is answered in:" not in page_of(client, attempt, "submit")


def test_the_result_says_for_each_row_what_was_answered_and_what_is_right(client, attempt, item):
    save_response(attempt.pk, item.pk, questions.right_answer(item)[:1], language="en")
    submit_attempt(attempt.pk)
    page = page_of(client, attempt, "result")
    assert page.count("row--right") == 1
    assert page.count("row--blank") == 2
    assert page.count("right answer:") == 2
    for row in range(3):
        assert f"{item.version.question.slug}-{item.version.content['options'][row]['id']}-explained" in page


def test_a_place_given_twice_is_pointed_out_and_kept(client, course, lin):
    quiz = questions.make_quiz(course, [(questions.steps(), 3)], slug="steps")
    item = start_attempt(quiz, lin).items.get()
    twice = questions.raw_answer(item, "comes_first=1", "comes_second=2", "comes_third=2")
    said = save(client, item, {f"item-{item.pk}.{row}": value for row, value in enumerate(twice, 1)})
    assert "given to more than one step: 2" in said
    assert submit_attempt(item.attempt_id).score == pytest.approx(2)  # of three pairs, two are in order


def test_partial_credit_reaches_the_gradebook(attempt, item):
    save_response(attempt.pk, item.pk, questions.right_answer(item)[:2], language="en")
    expected = 1 if item.version.content["type"] == "ordering" else 2  # of three steps, two make one pair
    assert submit_attempt(attempt.pk).score == pytest.approx(expected)
