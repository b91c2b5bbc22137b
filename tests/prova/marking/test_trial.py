"""The visible checks, tried while the quiz is taken: never counted, one at a time, and nothing of the hidden ones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from prova.assignments.actions import record_report
from prova.assignments.models import Submission
from prova.marking.actions import try_code as module
from prova.marking.actions.try_code import try_code
from prova.marking.trial_refusals import NothingToTry, TriesSpent, TryUnderWay
from prova.quizzes.actions import save_response, submit_attempt
from prova.quizzes.refusals import AttemptOver

from tests.prova.assignments import samples
from tests.prova.marking import papers
from tests.prova.quizzes import questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(course, lin, exercise):
    """Both checks count, the hidden one too."""
    quiz = questions.make_quiz(course, [(papers.code(checks=()), 2)])
    return papers.start(quiz, lin)


@pytest.fixture
def item(attempt):
    return attempt.items.get()


def graded(submission, *checks):
    submission = Submission.with_shadows.select_related("exercise").get(pk=submission.pk)
    assert record_report(samples.report_of(submission, *checks))


def test_a_try_changes_no_score_and_the_answer_is_handed_in_all_the_same(attempt, item):
    graded(try_code(attempt.pk, item.pk))
    item.refresh_from_db()
    assert (item.score, item.outcome, item.changes.count()) == (None, None, 0)
    submit_attempt(attempt.pk)
    assert Submission.with_shadows.filter(attempt_item=item, is_trial=False).count() == 1


def test_one_try_at_a_time_and_not_too_many(attempt, item, settings, monkeypatch):
    settings.SUBMISSIONS_PER_MINUTE = 2
    first = try_code(attempt.pk, item.pk)
    with pytest.raises(TryUnderWay):
        try_code(attempt.pk, item.pk)
    graded(first)
    graded(try_code(attempt.pk, item.pk))
    with pytest.raises(TriesSpent):
        try_code(attempt.pk, item.pk)
    Submission.with_shadows.update(created_at=first.created_at - timedelta(hours=1))
    monkeypatch.setattr(module, "MOST_TRIES", 2)
    with pytest.raises(TriesSpent):
        try_code(attempt.pk, item.pk)


def test_nothing_and_the_starter_are_not_tried_nor_anything_after_the_end(attempt, item):
    save_response(attempt.pk, item.pk, [papers.STARTER], language="en")
    with pytest.raises(NothingToTry):
        try_code(attempt.pk, item.pk)
    submit_attempt(attempt.pk)
    with pytest.raises(AttemptOver):
        try_code(attempt.pk, item.pk)


def test_the_card_shows_visible_checks_and_nothing_of_hidden_ones(attempt, item, lin, sam, signed_in):
    browser = signed_in(lin)
    waiting = browser.post(reverse("marking:try", args=[item.pk])).content.decode()
    assert "Trying the visible checks" in waiting
    hidden = samples.failed(name="half_of_anything", max_points=1.0, visible=False, slip=None)
    graded(Submission.with_shadows.get(), samples.failed(), hidden)
    page = browser.get(reverse("quizzes:attempt", args=[attempt.pk])).content.decode()
    assert "Half of a whole number" in page
    assert "rounds down" in page
    assert "Half of anything" not in page
    assert "0 of 1 check passed" in page
    assert signed_in(sam).get(reverse("marking:trial", args=[item.pk])).status_code == 404


def test_without_a_script_the_button_saves_and_tries(attempt, item, lin, signed_in):
    sent = {f"item-{item.pk}": "def halve(x):\r\n    return x // 2", f"was-{item.pk}": papers.SOURCE}
    signed_in(lin).post(reverse("quizzes:attempt", args=[attempt.pk]), {**sent, "then": f"try:{item.pk}"})
    assert Submission.with_shadows.get().source == "def halve(x):\n    return x // 2"
