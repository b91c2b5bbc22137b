from hypothesis import given
from hypothesis import strategies as st
from prova.embedded.backoff import LONGEST_S, STEADY_S, Backoff

early = st.floats(0, STEADY_S, exclude_max=True)


def test_the_first_start_waits_for_nothing():
    assert Backoff().delay_s == 0


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
