from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.timing import Allowance, Entry, TimeRules, deadline, is_cut, rules_for

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
moments = st.integers(-300, 300).map(lambda minutes: NOON + minutes * MINUTE)
maybe_moments = st.none() | moments
rules = st.builds(
    TimeRules,
    time_limit_s=st.none() | st.integers(1, 4 * 3600),
    opens_at=maybe_moments,
    start_until=maybe_moments,
    closes_at=maybe_moments,
    closing_cuts=st.booleans(),
)
allowances = st.builds(
    Allowance,
    time_factor=st.floats(1.0, 3.0),
    extra_s=st.integers(0, 7200),
    opens_at=maybe_moments,
    start_until=maybe_moments,
    closes_at=maybe_moments,
)


@given(rules, allowances, moments, st.integers(0, 3600))
def test_an_attempt_never_ends_before_it_began(rules, allowance, started_at, added_s):
    end = deadline(rules, allowance, started_at, added_s=added_s)
    assert end is None or end >= started_at + timedelta(seconds=added_s)


@given(rules, moments)
def test_an_accommodation_of_nothing_changes_nothing(rules, started_at):
    assert deadline(rules, Allowance(), started_at) == deadline(rules, None, started_at)
    assert rules_for(rules, Allowance()) == rules


@given(
    rules,
    allowances,
    moments,
    st.floats(0, 2),
    st.integers(0, 3600),
    st.integers(0, 600),
    st.integers(0, 600),
)
def test_more_time_never_ends_earlier(rules, allowance, started_at, factor, extra_s, added_s, more_s):
    more = Allowance(
        **{
            **vars(allowance),
            "time_factor": allowance.time_factor + factor,
            "extra_s": allowance.extra_s + extra_s,
        }
    )
    before = deadline(rules, allowance, started_at, added_s=added_s)
    after = deadline(rules, more, started_at, added_s=added_s + more_s)
    assert (before is None) == (after is None)
    assert before is None or (after is not None and after >= before)


@given(rules, allowances, moments)
def test_where_closing_cuts_nothing_but_time_added_by_hand_goes_past_it(rules, allowance, started_at):
    closes_at = allowance.closes_at or rules.closes_at
    end = deadline(rules, allowance, started_at)
    if rules.closing_cuts and closes_at is not None and started_at <= closes_at:
        assert end is not None
        assert end <= closes_at
        assert deadline(rules, allowance, started_at, added_s=60) == end + MINUTE


@given(rules, allowances, moments)
def test_where_closing_does_not_cut_everybody_who_began_has_the_whole_time(rules, allowance, started_at):
    free = TimeRules(**{**vars(rules), "closing_cuts": False})
    end = deadline(free, allowance, started_at)
    if rules.time_limit_s is None:
        assert end is None
    else:
        limit = round(rules.time_limit_s * allowance.time_factor) + allowance.extra_s
        assert end == started_at + timedelta(seconds=limit)


@given(rules, moments)
def test_what_is_cut_is_what_ends_before_its_time(rules, started_at):
    if is_cut(rules, None, started_at):
        assert deadline(rules, None, started_at) < started_at + timedelta(seconds=rules.time_limit_s)


@given(rules, moments, moments)
def test_a_day_goes_from_not_yet_over_open_and_too_late_to_closed(rules, first, second):
    order = list(Entry)
    early, late = sorted([first, second])
    assert (
        order.index(rules.entry(early)) <= order.index(rules.entry(late))
        or rules.closes_at is None
        or (
            # an author may let it close before it opens; then it is never open
            rules.opens_at is not None and rules.closes_at <= rules.opens_at
        )
    )


def test_the_borders_belong_to_the_learner():
    rules = TimeRules(opens_at=NOON, start_until=NOON + 10 * MINUTE, closes_at=NOON + 60 * MINUTE)
    second = timedelta(seconds=1)
    assert rules.entry(NOON - second) is Entry.NOT_YET
    assert rules.entry(NOON) is Entry.OPEN
    assert rules.entry(NOON + 10 * MINUTE) is Entry.OPEN
    assert rules.entry(NOON + 10 * MINUTE + second) is Entry.TOO_LATE
    assert rules.entry(NOON + 60 * MINUTE) is Entry.CLOSED


def test_half_as_much_time_again_and_ten_minutes():
    end = deadline(TimeRules(time_limit_s=3600), Allowance(time_factor=1.5, extra_s=600), NOON)
    assert end == NOON + 100 * MINUTE
