from hypothesis import given
from hypothesis import strategies as st
from prova.embedded.backoff import LONGEST_S, STEADY_S, Backoff

early = st.floats(0, STEADY_S, exclude_max=True)


def test_the_first_start_waits_for_nothing():
    assert Backoff().delay_s == 0


def test_what_had_started_well_is_back_within_moments_however_often_it_is_killed_during_an_exam():
    backoff = Backoff()
    for _killed_every_quarter_of_a_minute in range(20):
        backoff = backoff.after(15)
        assert backoff.delay_s <= 0.1


def test_three_kills_in_a_row_cost_less_than_a_second():
    backoff, waited_s = Backoff(), 0.0
    for _death in range(3):
        backoff = backoff.after(0.5)
        waited_s += backoff.delay_s
    assert waited_s < 1


@given(st.lists(early, min_size=1, max_size=20))
def test_every_early_death_waits_at_least_as_long_as_the_one_before_and_never_too_long(lives_s):
    backoff, delays = Backoff(), []
    for ran_s in lives_s:
        backoff = backoff.after(ran_s)
        delays.append(backoff.delay_s)
    assert delays == sorted(delays)
    assert 0 < delays[0] <= delays[-1] <= LONGEST_S


@given(st.lists(early, max_size=20))
def test_a_long_life_is_forgiven_the_deaths_before_it(lives_s):
    backoff = Backoff()
    for ran_s in lives_s:
        backoff = backoff.after(ran_s)
    assert backoff.after(STEADY_S) == Backoff().after(0)
