from collections.abc import Callable

import pytest
from prova.accounts.models import User
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import Assignment, Exercise, Submission
from prova.courses.models import Enrolment, Role
from prova.regrades.models import Regrade

from grader.job import GradingJob
from tests.prova.assignments import samples

OLD, NEW = "1" * 24, "2" * 24


@pytest.fixture
def assignment(course) -> Assignment:
    return samples.make_assignment(course, samples.make_exercise(OLD))


@pytest.fixture
def as_ada(ada, signed_in):
    """The instructor's browser."""
    return signed_in(ada)


@pytest.fixture
def hand_in(assignment) -> Callable[..., Submission]:
    """A graded submission: with no result given, full marks."""

    def submit(learner: User | str, *checks) -> Submission:
        if isinstance(learner, str):
            learner, is_new = User.objects.get_or_create(username=learner)
            if is_new:
                Enrolment.objects.create(course=assignment.course, user=learner, role=Role.LEARNER)
        current = Assignment.objects.select_related("exercise").get(pk=assignment.pk)
        submission = submit_solution(current, learner, samples.SOLUTION)
        record_report(samples.report_of(submission, *checks))
        return fresh(submission)

    return submit


@pytest.fixture
def newer(assignment) -> Callable[[], Exercise]:
    """The exercise is loaded in a newer version."""

    def load(version: str = NEW) -> Exercise:
        exercise = samples.make_exercise(version)
        Assignment.objects.filter(pk=assignment.pk).update(exercise=exercise)
        assignment.refresh_from_db()
        return exercise

    return load


def judge(regrade: Regrade, **checks_of) -> None:
    """What the graders say of each shadow: full marks, or what is given for a learner's name."""
    for item in regrade.items.select_related("shadow__exercise", "submission__learner"):
        record_report(samples.report_of(item.shadow, *checks_of.get(item.submission.learner.username, ())))


def fresh(submission: Submission) -> Submission:
    return Submission.with_shadows.select_related("exercise", "assignment").get(pk=submission.pk)


class Queue:
    """A broker in memory."""

    def __init__(self) -> None:
        self.jobs: list[GradingJob] = []

    def send(self, job: GradingJob) -> None:
        self.jobs.append(job)


@pytest.fixture
def queue() -> Queue:
    return Queue()
