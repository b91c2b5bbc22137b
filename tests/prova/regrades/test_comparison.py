from hypothesis import given
from hypothesis import strategies as st
from prova.gradebook.policies import Counts, Score
from prova.regrades.chart import bin_shifts, shift_chart
from prova.regrades.comparison import Marked, check_shifts, counting, grade_shifts, shift

SCORES = st.builds(lambda full, part: Score(full * part / 8, full), st.integers(1, 20), st.integers(0, 8))
MARKS = st.lists(st.tuples(st.integers(1, 3), SCORES), max_size=12).map(
    lambda pairs: [
        Marked(submission=number, learner=learner, score=score)
        for number, (learner, score) in enumerate(pairs)
    ]
)
POLICIES = st.sampled_from(Counts)


def check(name, points=1.0, verdict="passed"):
    return {"name": name, "points": points, "max_points": 2.0, "verdict": verdict}


@given(SCORES, SCORES)
def test_a_shift_has_the_sign_of_the_difference(before, after):
    assert shift(before, after) == -shift(after, before)
    assert shift(before, before) == 0.0


def test_the_same_share_of_other_points_is_no_change():
    assert shift(Score(0.1 + 0.2, 1.0), Score(3.0, 10.0)) == 0.0


@given(MARKS, POLICIES)
def test_each_learner_has_one_submission_that_counts(marks, counts):
    chosen = counting(marks, counts)
    learners = [mark.learner for mark in marks if mark.submission in chosen]
    assert sorted(learners) == sorted({mark.learner for mark in marks})


@given(MARKS, POLICIES)
def test_nothing_new_shifts_no_grade(marks, counts):
    shifts = grade_shifts(marks, {}, counts, 10.0)
    assert set(shifts) == {mark.learner for mark in marks}
    assert not any(each.changes for each in shifts.values())


@given(MARKS, POLICIES)
def test_full_marks_for_all_are_full_grades_for_all(marks, counts):
    new = {mark.submission: Score(1.0, 1.0) for mark in marks}
    shifts = grade_shifts(marks, new, counts, 10.0)
    assert all(each.after == Score(10.0, 10.0) for each in shifts.values())


def test_another_submission_may_become_the_best():
    marks = [
        Marked(submission=1, learner=1, score=Score(9, 10)),
        Marked(submission=2, learner=1, score=Score(8, 10)),
    ]
    shifts = grade_shifts(marks, {1: Score(2, 10)}, Counts.BEST, 10.0)
    assert shifts[1].after == Score(8.0, 10.0)


def test_checks_that_say_the_same_are_left_out():
    before = [check("a"), check("b"), check("dropped"), check("slower")]
    after = [check("a"), check("b", 0.0, "wrong_answer"), check("new"), check("slower", verdict="cpu_limit")]
    found = {each.name: each for each in check_shifts(before, after)}
    assert list(found) == ["b", "new", "slower", "dropped"]
    assert (found["b"].verdict_before, found["b"].verdict_after) == ("passed", "wrong_answer")
    assert (found["new"].verdict_before, found["dropped"].verdict_after) == (None, None)


@given(st.lists(st.floats(-1, 1)))
def test_every_shift_is_in_one_bin(shifts):
    counts = bin_shifts(shifts)
    assert len(counts) == 21
    assert sum(counts) == len(shifts)
    assert counts[10] == sum(value == 0 for value in shifts)


def test_a_tenth_is_a_tenth_on_both_sides():
    counts = bin_shifts([0.7 - 0.6, 0.6 - 0.7, 1.0, -1.0, 0.11])
    assert [index for index, count in enumerate(counts) if count] == [0, 9, 11, 12, 20]


def test_bars_say_what_they_count():
    chart = shift_chart([0.0, 0.25, -0.05])
    assert [(bar.from_points, bar.to_points, bar.tone) for bar in chart.filled] == [
        (-10, 0, "down"),
        (0, 0, "same"),
        (20, 30, "up"),
    ]
