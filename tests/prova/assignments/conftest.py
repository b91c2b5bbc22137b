import pytest
from prova.assignments.actions import submit_solution
from prova.assignments.models import Assignment, Exercise, Submission

from tests.prova.assignments import samples


class Queue:
    """A broker in memory: takes jobs, or is down."""

    def __init__(self):
        self.jobs = []
        self.is_down = False

    def send(self, job):
        from prova.assignments.broker import BrokerUnreachable

        if self.is_down:
            raise BrokerUnreachable("down")
        self.jobs.append(job)


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def exercise(db) -> Exercise:
    return samples.make_exercise()


@pytest.fixture
def assignment(course, exercise) -> Assignment:
    return samples.make_assignment(course, exercise)


@pytest.fixture
def submission(assignment, lin) -> Submission:
    return submit_solution(assignment, lin, samples.SOLUTION)
