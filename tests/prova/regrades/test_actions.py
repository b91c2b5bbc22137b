"""Judge in the background, compare, decide; and all of it is on record."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.actions.shadow import begin_shadows
from prova.assignments.models import EventKind, OutboxMessage, State, Submission
from prova.gradebook.models import GradebookEntry, GradeChange
from prova.regrades.actions import discard_regrade, judge_failed_again, make_live, start_regrade
from prova.regrades.models import Outcome, Regrade, RegradeState, Scope
from prova.regrades.overview import changes_of, progress_of
from prova.regrades.refusals import Reason, RegradeRefused

from tests.prova.assignments import samples
from tests.prova.regrades.conftest import fresh, judge

WRONG = (samples.failed(), samples.HIDDEN_PASSED)  #: 1 of 4 points


def refusal(act, *args, **kwargs):
    with pytest.raises(RegradeRefused) as caught:
        act(*args, **kwargs)
    return caught.value.reason


def points_of(name):
    return GradebookEntry.objects.get(learner__username=name).points


# ---- start


def test_nothing_a_learner_sees_changes_while_it_is_judged(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade, lin=WRONG)
    now = fresh(submission)
    assert (now.score, now.nonce, now.exercise) == (submission.score, submission.nonce, submission.exercise)
    assert points_of("lin") == 10.0
    assert [event.kind for event in now.events.all()] == [EventKind.GRADED]
    assert list(Submission.objects.all()) == [submission]
    assert list(assignment.submissions.all()) == [submission]
    assert list(lin.submissions.all()) == [submission]


def test_shadows_use_up_nobodys_submissions(assignment, ada, lin, hand_in, newer):
    assignment.submissions_limit = 2
    assignment.save()
    hand_in(lin)
    newer()
    start_regrade(assignment, ada)
    assert submit_solution(assignment, lin, samples.SOLUTION).pk


def test_a_shadow_is_of_the_newest_version_and_has_the_seed_of_its_original(
    assignment, ada, lin, hand_in, newer
):
    submission = hand_in(lin)
    exercise = newer()
    (item,) = start_regrade(assignment, ada).items.all()
    assert (item.shadow.exercise, item.shadow.seed, item.shadow.shadow_of) == (
        exercise,
        submission.seed,
        submission,
    )
    assert (item.old_nonce, item.old_score, item.old_max_score) == (submission.nonce, 4.0, 4.0)
    assert OutboxMessage.objects.filter(submission=item.shadow, sent_at=None).exists()


def test_only_what_an_older_version_judged_unless_asked(assignment, ada, hand_in, newer):
    old = hand_in("a")
    newer()
    new = hand_in("b")
    first = start_regrade(assignment, ada)
    assert [item.submission for item in first.items.all()] == [old]
    discard_regrade(first.pk, ada)
    assert [item.submission for item in start_regrade(assignment, ada, also_current=True).items.all()] == [
        old,
        new,
    ]


def test_only_those_that_count_if_asked(assignment, ada, hand_in, newer):
    hand_in("a", *WRONG)
    best = hand_in("a")
    hand_in("a", *WRONG)
    newer()
    regrade = start_regrade(assignment, ada, scope=Scope.COUNTING)
    assert [item.submission for item in regrade.items.all()] == [best]


def test_a_regrade_that_makes_no_sense_is_refused(assignment, ada, lin, hand_in, newer):
    assert refusal(start_regrade, assignment, ada) is Reason.NOTHING_TO_JUDGE
    hand_in(lin)
    assert refusal(start_regrade, assignment, ada) is Reason.ALL_CURRENT
    newer()
    start_regrade(assignment, ada)
    assert refusal(start_regrade, assignment, ada) is Reason.OPEN_ALREADY


def test_two_open_regrades_are_impossible_in_the_database(assignment, ada):
    fields = {"assignment": assignment, "exercise": assignment.exercise, "scope": "all", "started_by": ada}
    Regrade.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regrade.objects.create(**fields)


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_has_a_sentence_in_both_languages(reason):
    english = RegradeRefused(reason).sentence
    with translation.override("pt-br"):
        assert RegradeRefused(reason).sentence != english


# ---- failures of ours


def test_a_shadow_that_fails_on_our_side_is_tried_again_with_the_same_version(
    assignment, ada, lin, hand_in, newer, settings
):
    hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    newer("3" * 24)
    shadow = regrade.items.get().shadow
    for number in range(1, settings.GRADING_TRIES + 1):
        assert (fresh(shadow).tries, fresh(shadow).exercise) == (number, shadow.exercise)
        record_report(samples.failure_of_ours(fresh(shadow)))
    assert progress_of(regrade).failed == 1
    assert judge_failed_again(regrade) == 1
    judge(regrade)
    assert (progress_of(regrade).failed, progress_of(regrade).judged) == (0, 1)


def test_what_we_failed_to_judge_keeps_its_mark(assignment, ada, hand_in, newer, settings):
    submission = hand_in("a", *WRONG)
    newer()
    regrade = start_regrade(assignment, ada)
    shadow = regrade.items.get().shadow
    for _ in range(settings.GRADING_TRIES):
        record_report(samples.failure_of_ours(fresh(shadow)))
    assert make_live(regrade.pk, ada).not_judged == 1
    assert fresh(submission).score == 1.0
    assert regrade.items.get().outcome == Outcome.NOT_JUDGED


# ---- who changes


def test_it_says_who_changes_and_what_the_grades_would_be(assignment, ada, hand_in, newer):
    up, down, same = hand_in("up", *WRONG), hand_in("down"), hand_in("same")
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade, down=WRONG)
    changes = changes_of(regrade)
    assert (changes.up, changes.down, changes.same) == (1, 1, 1)
    assert (changes.grades_up, changes.grades_down) == (1, 1)
    assert [row.submission for row in changes.rows] == [down.pk, up.pk]
    assert same.pk not in {row.submission for row in changes.rows}
    assert [(row.before.points, row.after.points, row.shift) for row in changes.rows] == [
        (4.0, 1.0, -0.75),
        (1.0, 4.0, 0.75),
    ]
    grade = changes.rows[0].grade
    assert grade is not None
    assert (grade.before.points, grade.after.points) == (10.0, 2.5)


def test_a_mark_that_changes_may_leave_the_grade_as_it_is(assignment, ada, hand_in, newer):
    hand_in("a", *WRONG)
    newer()
    hand_in("a")
    regrade = start_regrade(assignment, ada)
    judge(regrade)
    changes = changes_of(regrade)
    assert (changes.up, changes.grades_up) == (1, 0)


# ---- make live


def test_live_marks_grades_and_record(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin, *WRONG)
    exercise = newer()
    regrade = start_regrade(assignment, ada, note=" The check was too strict. ")
    judge(regrade)
    assert make_live(regrade.pk, ada).live == 1
    now = fresh(submission)
    assert (now.score, now.max_score, now.exercise) == (4.0, 4.0, exercise)
    assert now.regraded_at is not None
    assert (now.report or {})["submission_id"] == submission.pk
    assert points_of("lin") == 10.0
    assert GradeChange.objects.latest("pk").reason == f"regrade {regrade.pk}"
    event = now.events.latest("pk")
    assert event.kind == EventKind.REGRADED
    assert event.detail == {
        "regrade": regrade.pk,
        "by": "ada",
        "why": "The check was too strict.",
        "before": "1 / 4",
        "after": "4 / 4",
    }
    regrade.refresh_from_db()
    assert (regrade.state, regrade.decided_by) == (RegradeState.LIVE, ada)
    assert regrade.decided_at is not None
    item = regrade.items.get()
    assert item.outcome == Outcome.LIVE
    assert (item.old_report or {})["score"] == 1.0


def test_an_equal_mark_is_replaced_without_a_word_to_the_learner(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin)
    exercise = newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade)
    make_live(regrade.pk, ada)
    assert (fresh(submission).exercise, fresh(submission).regraded_at) == (exercise, None)


def test_a_mark_that_has_changed_meanwhile_is_left_alone(assignment, ada, hand_in, newer):
    """The other way to another mark is a regrade that was made live; its shadow's nonce is then the mark's."""
    overtaken, compared = hand_in("a", *WRONG), hand_in("b", *WRONG)
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade)
    (other,) = begin_shadows([overtaken], assignment.exercise_id)
    Submission.objects.filter(pk=overtaken.pk).update(nonce=other.nonce, score=3.0)
    applied = make_live(regrade.pk, ada)
    assert (applied.live, applied.overtaken) == (1, 1)
    assert (fresh(overtaken).score, fresh(compared).score) == (3.0, 4.0)
    assert regrade.items.get(submission=overtaken).outcome == Outcome.OVERTAKEN
    assert points_of("a") == 2.5


def test_two_regrades_one_after_the_other(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin)
    newer()
    first = start_regrade(assignment, ada)
    judge(first, lin=WRONG)
    make_live(first.pk, ada)
    second = start_regrade(assignment, ada, also_current=True)
    assert second.items.get().old_score == 1.0
    judge(second)
    make_live(second.pk, ada)
    assert (fresh(submission).score, points_of("lin")) == (4.0, 10.0)


def test_a_late_report_about_a_replaced_try_changes_nothing(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin)
    late = samples.report_of(submission, *WRONG)
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade)
    make_live(regrade.pk, ada)
    assert not record_report(late)
    assert fresh(submission).score == 4.0


def test_it_waits_for_the_last_one(assignment, ada, lin, hand_in, newer):
    hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    assert refusal(make_live, regrade.pk, ada) is Reason.STILL_JUDGING


def test_marks_of_a_version_that_is_no_longer_in_use_are_not_made_live(assignment, ada, lin, hand_in, newer):
    hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade, lin=WRONG)
    newer("3" * 24)
    assert refusal(make_live, regrade.pk, ada) is Reason.OUTDATED
    assert points_of("lin") == 10.0


def test_it_is_decided_once(assignment, ada, lin, hand_in, newer):
    hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    judge(regrade, lin=WRONG)
    make_live(regrade.pk, ada)
    for act in (make_live, discard_regrade):
        assert refusal(act, regrade.pk, ada) is Reason.DECIDED
    assert regrade.state == RegradeState.OPEN, "as somebody has it who read it before"
    assert refusal(judge_failed_again, regrade) is Reason.DECIDED
    assert fresh(Submission.objects.get()).events.filter(kind=EventKind.REGRADED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_graded_meanwhile_and_the_regrade_make_one_grade(assignment, ada, lin, hand_in, newer):
    """A report of the same learner arrives while the regrade is made live: whoever comes second sees the first."""
    hand_in(lin, *WRONG)
    newer()
    regrade = start_regrade(assignment, ada)
    hidden = samples.failed(name="half_of_anything", max_points=1.0, visible=False)
    judge(regrade, lin=(samples.passed(points=3.0), hidden))
    waiting = submit_solution(assignment, lin, samples.SOLUTION)
    message = samples.report_of(waiting)
    together = threading.Barrier(2)

    def at_once(act):
        together.wait(10)
        try:
            act()
        finally:
            connection.close()

    acts = (lambda: make_live(regrade.pk, ada), lambda: record_report(message))
    threads = [threading.Thread(target=at_once, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert points_of("lin") == 10.0
    assert set(Submission.objects.values_list("score", flat=True)) == {3.0, 4.0}


# ---- discard


def test_discarded_means_nothing_has_happened(assignment, ada, lin, hand_in, newer):
    submission = hand_in(lin)
    newer()
    regrade = start_regrade(assignment, ada)
    discard_regrade(regrade.pk, ada)
    regrade.refresh_from_db()
    assert (regrade.state, regrade.decided_by) == (RegradeState.DISCARDED, ada)
    assert fresh(submission).nonce == submission.nonce
    assert fresh(submission).events.count() == 1


def test_what_still_waits_to_be_judged_is_not_sent_any_more(assignment, ada, lin, hand_in, newer, queue):
    from prova.assignments.actions import publish_waiting

    hand_in(lin)
    newer()
    OutboxMessage.objects.update(sent_at=timezone.now())
    regrade = start_regrade(assignment, ada)
    discard_regrade(regrade.pk, ada)
    publish_waiting(queue.send)
    assert queue.jobs == []
    shadow = Submission.with_shadows.get(shadow_of__isnull=False)
    assert not record_report(samples.report_of(shadow))
    assert fresh(shadow).state == State.SYSTEM_ERROR
