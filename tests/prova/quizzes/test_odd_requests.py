"""Requests that no page of ours sends."""

import pytest
from django.urls import reverse
from prova.quizzes.models import Response


@pytest.mark.parametrize("text", ["\0", "1\x002", "9" * 100_000])
def test_any_text_may_be_given_as_an_answer_and_little_of_it_is_kept(attempt, lin, signed_in, text):
    item = attempt.items.get(position=1)

    answer = signed_in(lin).post(
        reverse("quizzes:save", args=[attempt.pk, item.pk]), {f"item-{item.pk}": text}
    )

    assert answer.status_code == 200
    assert len(Response.objects.get().raw[0]) <= 1000


@pytest.mark.parametrize("verb", ["flag", "language"])
@pytest.mark.parametrize("digits", [18, 19, 30, 5000])
def test_a_question_with_a_number_of_any_length_does_not_exist(attempt, lin, signed_in, verb, digits):
    page = reverse("quizzes:attempt", args=[attempt.pk])

    answer = signed_in(lin).post(page, {"then": f"{verb}:{'9' * digits}:on"})

    assert answer.status_code == 404
