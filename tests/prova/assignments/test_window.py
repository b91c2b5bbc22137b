from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.window import AT_LEAST, PATIENCE_S, REGRADES_AT_LEAST, Backlog, room

COUNTS = st.integers(0, 500)
SECONDS = st.floats(0, 1e6)


def backlog(unstarted=0, started_per_s=0.0, silent_s=0.0):
    return Backlog(unstarted=unstarted, started_per_s=started_per_s, silent_s=silent_s)


def test_an_idle_site_sends_at_once():
    assert room(backlog()) == AT_LEAST
    assert room(backlog(), for_regrades=True) == REGRADES_AT_LEAST


def test_many_or_quick_graders_get_more():
    assert room(backlog(started_per_s=80.0)) == 80


@given(COUNTS, st.floats(0, 1000))
def test_the_window_is_filled_and_not_more(unstarted, pace):
    free = room(backlog(unstarted, pace))
    assert unstarted + free == max(unstarted, AT_LEAST, round(pace))


@given(COUNTS, st.floats(0, 1000), SECONDS)
def test_regrades_never_get_more_room_than_live_work(unstarted, pace, silent_s):
    given_ = backlog(unstarted, pace, silent_s)
    assert room(given_, for_regrades=True) <= max(room(given_), 1)


def test_silence_lets_one_more_go_and_see():
    assert room(backlog(AT_LEAST, silent_s=PATIENCE_S - 1)) == 0
    assert room(backlog(AT_LEAST, silent_s=PATIENCE_S)) == 1


def test_a_night_without_graders_fills_no_broker():
    unstarted, silent_s = AT_LEAST, 0.0
    for _ in range(12 * 60 * 4):  # a round of the sweeper each 15 s
        silent_s += 15
        if room(backlog(unstarted, silent_s=silent_s)):
            unstarted, silent_s = unstarted + 1, 0.0
    assert unstarted < 200
