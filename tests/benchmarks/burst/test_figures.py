from hypothesis import given
from hypothesis import strategies as st

from benchmarks.burst.figures import (
    Row,
    drained_s,
    first_come_first_served,
    overtakers,
    waits,
    while_waiting,
)
from benchmarks.burst.plan import Kind, Plan
from benchmarks.burst.report import figures, table


def row(created_s, started_s=None, graded_s=None, kind=Kind.LARGE):
    started_s = created_s if started_s is None else started_s
    graded_s = started_s + 1 if graded_s is None else graded_s
    return Row(learner=str(kind), kind=kind, created_s=created_s, started_s=started_s, graded_s=graded_s)


def test_a_plan_is_what_was_asked_for_and_the_same_each_time():
    plan = Plan(submissions=300, seconds=60)
    submitted = plan.submitted()
    assert len(submitted) == 300
    assert sum(one.kind is Kind.EAGER for one in submitted) == 50
    assert max(one.at_s for one in submitted if one.kind is Kind.EAGER) < 1
    assert all(0 <= one.at_s <= 60 for one in submitted)
    assert {one.kind for one in submitted} == set(Kind)
    assert submitted == plan.submitted()


def test_waits_of_nobody_and_of_a_hundred():
    assert waits([]).count == 0
    found = waits([float(value) for value in range(101)])
    assert (found.p50_s, found.p95_s, found.max_s) == (50.0, 95.0, 100.0)


def test_whoever_comes_while_the_crowd_waits():
    crowd = [row(0, 1), row(0, 10)]
    early, late = row(5), row(11)
    assert while_waiting([early, late], crowd) == [early]


def test_first_come_first_served_with_one_grader():
    served = first_come_first_served([row(0, 0), row(0, 5), row(0.5, 0.6)], 1)
    assert [(one.started_s, one.graded_s) for one in served] == [(0, 1), (1, 2), (2, 3)]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 5)), min_size=1, max_size=20), st.integers(1, 4))
def test_the_peer_keeps_every_job_and_nobody_starts_before_coming(jobs, graders):
    rows = [row(created, created, created + took) for created, took in jobs]
    served = first_come_first_served(rows, graders)
    assert len(served) == len(rows)
    assert all(one.waited_s >= 0 for one in served)
    starts = [one.started_s for one in served]
    assert starts == sorted(starts)
    assert drained_s(served) >= max(took for _, took in jobs) - 1e-9


def test_overtakers_are_counted_between_arrival_and_turn():
    crowd = [row(0, started) for started in (1, 3, 4, 9)]
    assert overtakers(row(2, 5), crowd) == 2


def test_the_table_names_every_figure():
    rows = [row(0, 0, 1, Kind.EAGER), row(0, 2, 3, Kind.EAGER), row(1, 1.5, 2), row(1, 1, 2, Kind.SMALL)]
    shown = table(figures(rows, 2, {"lost": 0}))
    for words in (
        "one learner with many",
        "small course",
        "first come first served",
        "lost: 0",
        "drained in 3.0 s",
    ):
        assert words in shown
