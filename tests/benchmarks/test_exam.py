import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.exam.connection import Request
from benchmarks.exam.diagnosis import said, worst
from benchmarks.exam.figures import by_kind, latency, quantile, table
from benchmarks.exam.outages import Seen, outage
from benchmarks.exam.paper import read_paper, static_files, token_of
from benchmarks.exam.plan import Plan
from benchmarks.exam.processors import Sample, use
from benchmarks.exam.ramp import Step, summary

PAGE = """
<link rel="stylesheet" href="/static/prova/prova.css"><script src="/static/prova/quiz.js" type="module"></script>
<use href="/static/prova/icons.svg#flag"/>
<body hx-headers='{"X-CSRFToken": "abc123"}'>
<section class="question card" data-item="7" data-position="1" hx-post="/attempts/3/items/7/save/">
<input type="radio" name="item-7" value="aa"><input type="radio" name="item-7" value="bb">
<input type="hidden" id="was-7" name="was-7" value=""><input type="hidden" id="base-7" name="base-7" value="0"></section>
<section class="question card" data-item="8" data-position="2" hx-post="/attempts/3/items/8/save/">
<select name="item-8.1"><option value="">…</option><option value="r1c1">A</option><option value="r1c2">B</option></select>
<select name="item-8.2"><option value="">…</option><option value="r2c1">A</option></select>
<input type="hidden" id="base-8" name="base-8" value="0"></section>
<section class="question card" data-item="9" data-position="3" hx-post="/attempts/3/items/9/save/">
<input class="input" type="text" id="answer-9" name="item-9" value=""></section>
"""


def test_a_paper_is_read_as_a_browser_reads_it():
    paper = read_paper(PAGE)
    assert paper.token == token_of(PAGE) == "abc123"
    assert [question.save_path for question in paper.questions] == [
        f"/attempts/3/items/{item}/save/" for item in (7, 8, 9)
    ]
    assert static_files(PAGE) == [f"/static/prova/{name}" for name in ("prova.css", "quiz.js", "icons.svg")]


def test_every_row_is_answered_by_one_of_its_own_values():
    radio, rows, text = read_paper(PAGE).questions
    draw = random.Random(1)
    assert radio.answer(draw)[0] in [("item-7", "aa"), ("item-7", "bb")]
    assert [name for name, _ in rows.answer(draw)] == ["item-8.1", "item-8.2"]
    assert dict(rows.answer(draw))["item-8.2"] == "r2c1"
    assert float(dict(text.answer(draw))["item-9"]) >= 0


def test_the_next_save_says_what_the_site_said_after_the_last():
    question = read_paper(PAGE).questions[0]
    question.take_up('<input type="hidden" id="base-7" name="base-7" value="41" hx-swap-oob="true">')
    assert ("base-7", "41") in question.form([("item-7", "aa")])


@given(st.integers(1, 40), st.integers(0, 9), st.floats(30, 300))
def test_everybody_starts_within_ten_seconds_and_submits_at_the_end(students, seed, seconds):
    plan = Plan(students=students, seconds=seconds, seed=seed)
    for sitting in plan.sittings():
        assert 0 <= sitting.signs_in_s <= plan.sign_in_within_s <= sitting.starts_s
        assert sitting.starts_s <= plan.sign_in_within_s + plan.start_within_s
        assert all(sitting.starts_s < at < sitting.submits_s for at in sitting.answers_s)
        assert (
            plan.seconds - plan.submit_within_s <= sitting.submits_s - plan.sign_in_within_s <= plan.seconds
        )


def test_answers_come_every_five_seconds_on_average():
    plan = Plan(students=200, seconds=300)
    answers = sum(len(sitting.answers_s) for sitting in plan.sittings())
    working_s = sum(sitting.submits_s - sitting.starts_s for sitting in plan.sittings())
    assert working_s / answers == pytest.approx(5, rel=0.05)


@given(st.lists(st.floats(0, 100), min_size=1))
def test_a_quantile_is_one_of_the_values_and_grows_with_the_share(values):
    ordered = sorted(values)
    found = [quantile(ordered, share) for share in (0, 0.5, 0.95, 1)]
    assert found == sorted(found)
    assert set(found) <= set(values)
    assert (found[0], found[-1]) == (min(values), max(values))


def test_a_request_without_an_answer_and_one_with_an_error_have_failed():
    requests = [
        Request("save", 0.1, 200),
        Request("save", 0.2, 302),
        Request("save", 30, 0),
        Request("start", 1, 500),
    ]
    assert latency(requests).failures == 2
    assert by_kind(requests)["save"].failures == 1
    assert "| all | 4 | 2 |" in table(requests)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step(250, 0.2, failures=0, gave_up=0, lost=0), ""),
        (Step(250, 0.4, failures=0, gave_up=0, lost=0), "p95"),
        (Step(250, 0.4, failures=1, gave_up=0, lost=0), "failed"),
        (Step(250, 0.4, failures=1, gave_up=2, lost=0), "could not go on"),
        (Step(250, 0.4, failures=1, gave_up=2, lost=3), "lost"),
    ],
)
def test_the_worst_is_said(step, said):
    assert said in step.breaks
    assert bool(said) == bool(step.breaks)


def test_of_a_kill_it_is_said_from_when_to_when_requests_failed_and_from_when_on_all_was_well():
    seen = [
        Seen("save", -0.5, 0.1, 200),
        Seen("save", 0.1, 0.1, 503),
        Seen("page", 0.2, 0.1, 0),
        Seen("save", 0.4, 2.0, 200),
        Seen("page", 3.0, 0.1, 302),
    ]
    found = outage(seen)
    assert found.failures == {"save 503": 1, "page 0": 1}
    assert (found.first_failure_s, found.last_failure_s) == (0.1, 0.2)
    assert (found.longest_s, found.well_from_s) == (2.0, 2.4)
    assert outage(seen[-1:]).well_from_s == 0


PLAN = Plan(students=10, seconds=60, sign_in_within_s=10)
SLOW_PAPERS = [Request("paper", 0.9, 200, at=112) for _ in range(3)]


def test_what_breaks_is_named_with_its_phase_and_who_used_the_processors():
    requests = [*SLOW_PAPERS, Request("save", 0.5, 200, at=150), Request("save", 0.1, 200, at=112)]
    before, after = Sample(110, {"web": 1, "students": 1}, 10), Sample(120, {"web": 9, "students": 2}, 20)
    found = worst(requests, PLAN.phases(), doors_open_at=100, limit_s=0.3)
    assert found is not None
    told = said(found, {"of the start storm": use(before, after)})
    assert told.startswith(
        "paper requests of the start storm: p95 0.90 s, 3 of the 4 that were slow or failed"
    )
    assert "web" in told.partition("busy: ")[2]


def test_failures_are_worse_than_slowness():
    failed = Request("submit", 0.1, 503, at=165)
    found = worst([*SLOW_PAPERS, failed], PLAN.phases(), doors_open_at=100, limit_s=0.3)
    assert found is not None
    assert (found.kind, found.phase, found.bad_of_all) == ("submit", "while people submit", 1)


def test_nothing_is_said_where_all_was_well():
    assert said(worst([Request("save", 0.1, 200, at=150)], PLAN.phases(), 100, 0.3), {}) == ""


def test_the_phases_of_an_exam_leave_no_gap():
    phases = PLAN.phases()
    assert (phases[0].from_s, phases[-1].to_s) == (0, 70)
    assert all(one.to_s == other.from_s for one, other in pairwise(phases))


def test_a_part_that_was_killed_counts_from_its_restart():
    used = use(Sample(0, {"web": 50, "students": 3}, 100), Sample(10, {"web": 2, "students": 4}, 105))
    assert used.seconds == {"web": 2, "students": 1}
    assert used.others == pytest.approx(2 * used.parts["students"])


def test_of_a_ramp_the_largest_that_was_well_and_the_smallest_that_broke_are_named():
    steps = [
        Step(n, p95, failures=0, gave_up=0, lost=0)
        for n, p95 in ((250, 0.1), (375, 0.5), (312, 0.4), (281, 0.2))
    ]
    well, broken = summary(steps)
    assert well == 281
    assert broken is not None
    assert broken.students == 312
