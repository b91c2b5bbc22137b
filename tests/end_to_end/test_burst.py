"""A class submits at once on a real site: nothing is lost, and nobody waits for somebody else's many."""

import statistics
from collections.abc import Iterator

import pytest

from benchmarks.burst.classroom import UNLIMITED, Classroom
from benchmarks.burst.figures import overtakers
from benchmarks.burst.plan import Kind, Plan
from tests.site import Site

pytestmark = [pytest.mark.processes, pytest.mark.sandbox, pytest.mark.timeout(400)]

EAGER = 24
OTHERS = 24
PLAN = Plan(submissions=OTHERS + EAGER, seconds=3, eager=EAGER, learners=20)
#: of the eager learner's jobs: those in the broker when somebody comes, and then one a round
MAY_GO_BEFORE = 15
#: those in the broker, and what starts before a page has written down who came
REGRADES_MAY_GO_BEFORE = 8
PATIENCE_S = 300


@pytest.fixture(scope="module")
def classroom() -> Iterator[Classroom]:
    with Site(environment=UNLIMITED) as site:
        classroom = Classroom(site, PLAN)
        classroom.submit_all()
        classroom.wait(PATIENCE_S)
        yield classroom


def test_each_is_graded_once_and_none_is_stuck(classroom):
    assert len(classroom.measured()) == OTHERS + EAGER
    assert set(classroom.lost_or_doubled().values()) == {0}


def test_who_hands_in_many_delays_nobody(classroom):
    rows = classroom.measured()
    eager = [row for row in rows if row.kind == Kind.EAGER]
    others = [row for row in rows if row.kind != Kind.EAGER]
    assert max(overtakers(row, eager) for row in others) <= MAY_GO_BEFORE
    assert statistics.median(row.waited_s for row in others) < statistics.median(
        row.waited_s for row in eager
    )


def test_a_small_course_waits_no_longer_than_a_large_one(classroom):
    waited = {
        kind: statistics.median(row.waited_s for row in classroom.measured() if row.kind == kind)
        for kind in (Kind.SMALL, Kind.LARGE)
    }
    assert waited[Kind.SMALL] <= waited[Kind.LARGE]


def test_live_work_goes_before_a_regrade(classroom):
    """What comes while much is judged anew waits for what the graders have already, and for no more."""
    classroom.accepted.clear()
    classroom.regrade()
    for number in range(5):
        classroom.submit(f"burst{number}")
    classroom.wait(PATIENCE_S)
    begun = classroom.shadow_starts()
    for row in classroom.measured():
        assert sum(row.created_s < at < row.started_s for at in begun) <= REGRADES_MAY_GO_BEFORE
    still_open = "shadow_of_id is not null and state in ('queued', 'running')"
    assert classroom.rows(f"select count(*) from assignments_submission where {still_open}")[0][0] > 0
