"""Answers that are code: handed in once with the attempt, scored once by the report."""

import pytest
from prova.assignments.actions import grade_again, publish_waiting, record_report, sweep_once
from prova.assignments.models import Assignment, Exercise, OutboxMessage, State, Submission
from prova.gradebook.models import GradebookEntry
from prova.marking.models import ChangeKind
from prova.quizzes.actions import submit_attempt
from prova.quizzes.models import Attempt

from tests.prova.assignments import samples
from tests.prova.marking import papers

pytestmark = pytest.mark.django_db


def submission_of(attempt: Attempt) -> Submission:
    return Submission.with_shadows.select_related("exercise", "assignment").get(attempt_item__attempt=attempt)


def grade_of(attempt: Attempt) -> GradebookEntry:
    return GradebookEntry.objects.get(quiz=attempt.quiz)


def test_submitting_hands_the_code_to_the_graders_and_counts_what_is_known(submitted):
    submission = submission_of(submitted)
    assert (submission.source, submission.state) == (papers.SOURCE, State.QUEUED)
    assert OutboxMessage.objects.filter(submission=submission, nonce=submission.nonce).count() == 1
    assert (submitted.score, submitted.max_score, submitted.pending_count) == (1.0, 7.0, 2)
    assert grade_of(submitted).is_provisional


def test_submitting_twice_hands_it_in_once(submitted):
    submit_attempt(submitted.pk)
    assert Submission.with_shadows.count() == OutboxMessage.objects.count() == 1


def test_the_report_scores_the_answer_by_the_checks_that_count(submitted):
    submission = submission_of(submitted)
    hidden_failed = samples.failed(name="half_of_anything", max_points=1.0, visible=False, slip=None)
    assert record_report(samples.report_of(submission, samples.passed(), hidden_failed))
    item = papers.item_of_type(submitted, "code")
    assert item.outcome is not None
    assert (item.score, item.pending, item.outcome["verdict"]) == (2.0, "", "right")
    submitted.refresh_from_db()
    assert (submitted.score, submitted.pending_count) == (3.0, 1)
    assert (grade_of(submitted).points, grade_of(submitted).is_provisional) == (3.0, True)


def test_a_second_report_changes_nothing(submitted):
    submission = submission_of(submitted)
    message = samples.report_of(submission)
    assert record_report(message)
    assert not record_report(message)
    item = papers.item_of_type(submitted, "code")
    handed_in, checked = item.changes.all()
    assert (handed_in.kind, checked.kind) == (ChangeKind.SUBMISSION, ChangeKind.CODE)
    assert (checked.from_score, checked.to_score) == (0.0, 2.0)


def test_a_failure_of_ours_is_tried_again_and_costs_nothing(submitted, settings):
    for _ in range(settings.GRADING_TRIES):
        record_report(samples.failure_of_ours(submission_of(submitted)))
    item = papers.item_of_type(submitted, "code")
    assert (item.pending, submission_of(submitted).state) == ("sandbox", State.SYSTEM_ERROR)
    assert grade_again(submission_of(submitted).pk)
    assert record_report(samples.report_of(submission_of(submitted)))
    assert papers.item_of_type(submitted, "code").score == 2.0


@pytest.mark.parametrize("source", ["", papers.STARTER])
def test_no_answer_and_the_starter_are_not_handed_in(quiz, lin, exercise, source):
    attempt = papers.take(quiz, lin, source=source)
    item = papers.item_of_type(attempt, "code")
    assert item.outcome is not None
    assert (item.outcome["verdict"], item.pending) == ("blank", "")
    assert not Submission.with_shadows.exists()


def test_an_exercise_that_is_not_loaded_is_handed_in_later_by_the_sweeper(quiz, lin, queue):
    attempt = papers.take(quiz, lin)
    assert not Submission.with_shadows.exists()
    samples.make_exercise()
    for _ in range(2):
        sweep_once(send=queue.send)
    assert submission_of(attempt).exercise.slug == "halving"
    assert [job.submission_id for job in queue.jobs] == [submission_of(attempt).pk]


def test_what_is_published_is_the_answer(submitted, queue):
    assert publish_waiting(queue.send) == 1
    assert (queue.jobs[0].exercise, queue.jobs[0].source) == ("halving", papers.SOURCE)


def test_answers_of_quizzes_are_in_no_list_of_submissions_or_assignments(submitted, course, signed_in, lin):
    submission = submission_of(submitted)
    assert not Submission.objects.exists()
    assert not Assignment.objects.exists()
    assert not course.assignments.exists()
    record_report(samples.report_of(submission))
    assert signed_in(lin).get(f"/submissions/{submission.pk}/").status_code == 404
    assert not GradebookEntry.objects.filter(assignment__isnull=False).exists()


def test_a_newer_version_of_the_exercise_is_used_for_the_next_try(submitted):
    newer = Exercise.objects.create(slug="halving", version="2" * 24, metadata=samples.METADATA)
    Assignment.with_unlisted.update(exercise=newer)
    record_report(samples.failure_of_ours(submission_of(submitted)))
    assert submission_of(submitted).exercise == newer


def test_a_check_that_is_gone_leaves_the_answer_waiting(course, lin, exercise, caplog):
    from tests.prova.quizzes import questions

    quiz = questions.make_quiz(course, [(papers.code(checks=("no_such_check",)), 2)])
    attempt = papers.take(quiz, lin)
    assert record_report(samples.report_of(submission_of(attempt)))
    assert papers.item_of_type(attempt, "code").pending == "sandbox"
    assert "no_such_check" in caplog.text


def test_a_score_given_by_hand_meanwhile_stays(submitted, ada):
    from prova.marking.actions.adjust import adjust_score

    item = papers.item_of_type(submitted, "code")
    adjust_score(item.pk, ada, 0.5, reason="Seen on paper.", seen=item.changes.latest("pk").pk)
    record_report(samples.report_of(submission_of(submitted)))
    assert papers.item_of_type(submitted, "code").score == 0.5
