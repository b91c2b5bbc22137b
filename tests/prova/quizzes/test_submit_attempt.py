from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.quizzes.actions import (
    GRACE,
    save_response,
    start_attempt,
    submit_attempt,
    submit_overdue_attempts,
)
from prova.quizzes.models import Attempt

from tests.prova.quizzes import questions
from tests.prova.quizzes.questions import raw_answer, right_answer


def answer(attempt, **by_position):
    """q1=..., q2=...: option ids or texts; "right" is the right answer."""
    for name, wanted in by_position.items():
        item = attempt.items.select_related("version", "variant").get(position=int(name[1:]))
        raw = right_answer(item) if wanted == "right" else raw_answer(item, *([wanted] if wanted else []))
        save_response(attempt.pk, item.pk, raw, language="en")


def test_it_works(attempt, lin, signed_in):
    answer(attempt, q1="right", q2="right", q3="1024")
    client = signed_in(lin)
    asked = client.get(reverse("quizzes:submit", args=[attempt.pk])).content.decode()
    assert "All 3 questions are answered" in asked
    response = client.post(reverse("quizzes:submit", args=[attempt.pk]))
    assert response.url == reverse("quizzes:result", args=[attempt.pk])
    attempt.refresh_from_db()
    assert (attempt.score, attempt.is_open, attempt.is_timed_out) == (4.0, False, False)


def test_it_asks_once_and_names_what_is_unanswered(attempt, lin, signed_in):
    answer(attempt, q2="right")
    page = signed_in(lin).get(reverse("quizzes:submit", args=[attempt.pk])).content.decode()
    assert "2 questions are not answered" in page
    assert "#question-1" in page
    assert "#question-3" in page
    assert "#question-2" not in page
    attempt.refresh_from_db()
    assert attempt.is_open


def test_unanswered_questions_earn_nothing(attempt):
    assert submit_attempt(attempt.pk).score == 0.0
    assert {item.outcome["verdict"] for item in attempt.items.all()} == {"blank"}


def test_points_weigh_the_questions(attempt):
    answer(attempt, q1="forgot_sign", q2="right", q3="5")
    assert submit_attempt(attempt.pk).score == 2.0


def test_only_the_newest_answer_counts(attempt):
    answer(attempt, q1="right")
    answer(attempt, q1="forgot_sign")
    assert submit_attempt(attempt.pk).score == 0.0


def test_submitting_twice_changes_nothing(attempt, lin, signed_in):
    answer(attempt, q1="right")
    first = submit_attempt(attempt.pk)
    response = signed_in(lin).post(reverse("quizzes:submit", args=[attempt.pk]))
    again = Attempt.objects.get()
    assert response.status_code == 302
    assert (again.submitted_at, again.score) == (first.submitted_at, first.score)
    assert GradeChange.objects.count() == 1


def test_the_grade_is_recorded(attempt, quiz, lin):
    answer(attempt, q1="right", q2="right")
    submit_attempt(attempt.pk)
    entry = GradebookEntry.objects.get(learner=lin, quiz=quiz)
    assert (entry.points, entry.max_points, entry.course) == (3.0, 4.0, quiz.course)


@pytest.mark.parametrize(("counts", "expected"), [("best", 3.0), ("last", 1.0), ("first", 0.0)])
def test_the_grade_follows_the_policy_over_attempts(quiz, lin, counts, expected):
    quiz.counts = counts
    quiz.save()
    for given in ({}, {"q1": "right", "q2": "right"}, {"q3": "1024"}):
        attempt = start_attempt(quiz, lin)
        answer(attempt, **given)
        submit_attempt(attempt.pk)
    assert GradebookEntry.objects.get().points == expected


def test_every_change_of_the_grade_is_kept(quiz, lin):
    for given in ({}, {"q1": "right"}):
        attempt = start_attempt(quiz, lin)
        answer(attempt, **given)
        submit_attempt(attempt.pk)
    assert [change.points for change in GradeChange.objects.all()] == [0.0, 1.0]


def test_nobody_submits_another_person_s_attempt(attempt, ada, sam, signed_in):
    for other in (ada, sam):
        assert signed_in(other).post(reverse("quizzes:submit", args=[attempt.pk])).status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_open


def overdue(attempt):
    attempt.deadline_at = timezone.now() - GRACE - timedelta(seconds=1)
    attempt.save()
    return attempt


def test_the_clock_submits_what_was_saved_when_the_learner_comes_back(attempt, lin, signed_in):
    answer(attempt, q1="right")
    overdue(attempt)
    response = signed_in(lin).get(reverse("quizzes:attempt", args=[attempt.pk]))
    assert response.url == reverse("quizzes:result", args=[attempt.pk])
    attempt.refresh_from_db()
    assert (attempt.score, attempt.is_timed_out, attempt.submitted_at) == (1.0, True, attempt.deadline_at)


def test_the_sweeper_submits_what_nobody_comes_back_to(attempt):
    answer(attempt, q1="right")
    overdue(attempt)
    assert submit_overdue_attempts() == 1
    assert submit_overdue_attempts() == 0
    assert GradebookEntry.objects.get().points == 1.0


def test_the_sweeper_leaves_attempts_with_time_left_alone(timed_attempt):
    assert submit_overdue_attempts() == 0


def test_after_the_time_a_new_attempt_can_be_started(attempt, quiz, lin):
    overdue(attempt)
    assert start_attempt(quiz, lin).number == 2


def test_submitting_costs_the_same_for_three_questions_and_for_fifteen(
    course, lin, django_assert_num_queries
):
    many = [(questions.single(f"question-{number}"), 1) for number in range(15)]
    attempt = start_attempt(questions.make_quiz(course, many, slug="long"), lin)
    # begin, lock, answers, versions and variants (read for the first time), outcomes, totals, history, learner (locked),
    # scores, grade, its change, end
    with django_assert_num_queries(13):
        submit_attempt(attempt.pk)
