from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.quizzes.actions import save_response, submit_attempt
from prova.quizzes.models import FeedbackPolicy

from tests.prova.quizzes.questions import raw_answer


@pytest.fixture
def submitted(attempt):
    """Wrong, half right, and the number of a known slip."""
    items = list(attempt.items.select_related("version", "variant"))
    given = (raw_answer(items[0], "forgot_sign"), raw_answer(items[1], "sparser"), ["4096"])
    for item, raw in zip(items, given, strict=True):
        save_response(attempt.pk, item.pk, raw, language="en")
    return submit_attempt(attempt.pk)


def page_of(client, attempt):
    return client.get(reverse("quizzes:result", args=[attempt.pk]))


def test_it_works(submitted, lin, signed_in):
    page = page_of(signed_in(lin), submitted).content.decode()
    assert "<strong>1</strong>" in page
    assert "of 4 points" in page
    assert "not right" in page
    assert "partly right" in page


def test_the_option_chosen_and_the_right_one_are_explained(submitted, lin, signed_in):
    page = page_of(signed_in(lin), submitted).content.decode()
    assert "which-is-smaller-forgot_sign-explained" in page
    assert "which-is-smaller-int8_right-explained" in page
    assert "which-is-smaller-explained" in page
    assert "Source of which-is-smaller" in page


def test_a_known_slip_is_named(submitted, lin, signed_in):
    page = page_of(signed_in(lin), submitted).content.decode()
    assert "forgot-the-codebook-explained" in page
    assert "1024" in page


def test_it_is_told_in_portuguese_too(submitted, lin, signed_in):
    lin.language = "pt-br"
    lin.save()
    page = page_of(signed_in(lin), submitted).content.decode()
    assert "Porque which-is-smaller-explained" in page
    assert "sua resposta" in page
    assert "Because" not in page


def test_an_open_attempt_has_no_result(attempt, lin, signed_in):
    assert page_of(signed_in(lin), attempt).url == reverse("quizzes:attempt", args=[attempt.pk])


def test_it_is_nobody_else_s(submitted, ada, sam, signed_in):
    for other in (ada, sam):
        assert page_of(signed_in(other), submitted).status_code == 404


@pytest.mark.parametrize(
    ("policy", "closes_in", "shows_score", "explains"),
    [
        (FeedbackPolicy.AFTER_SUBMISSION, timedelta(hours=1), True, True),
        (FeedbackPolicy.AFTER_CLOSE, timedelta(hours=1), False, False),
        (FeedbackPolicy.AFTER_CLOSE, None, False, False),
        (FeedbackPolicy.AFTER_CLOSE, timedelta(hours=-1), True, True),
        (FeedbackPolicy.NEVER, timedelta(hours=1), True, False),
        (FeedbackPolicy.NEVER, timedelta(hours=-1), True, False),
    ],
    ids=str,
)
def test_it_tells_what_the_policy_allows(
    submitted, quiz, lin, signed_in, policy, closes_in, shows_score, explains
):
    quiz.feedback_policy = policy
    quiz.closes_at = None if closes_in is None else timezone.now() + closes_in
    quiz.save()
    page = page_of(signed_in(lin), submitted).content.decode()
    assert ("of 4 points" in page) is shows_score
    assert ("explained" in page) is explains
    assert ("Right answer" in page) is explains
    home = signed_in(lin).get(reverse("home")).content.decode()
    assert ("<strong>1</strong> of 4" in home) is shows_score


def test_its_cost_does_not_depend_on_the_number_of_questions(
    submitted, lin, signed_in, django_assert_num_queries
):
    client = signed_in(lin)
    with django_assert_num_queries(9):  # two of them: which questions may be practised
        page_of(client, submitted)
