from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.saving import Base, Decision, Stored, decide

MINE, THEIRS = "tab-one", "tab-two"
stored = Stored(id=7, raw=("old",), tab=THEIRS, tab_counter=1)


def test_the_first_answer_is_written():
    assert decide(None, ("a",), Base(response_id=0, tab=MINE, tab_counter=1)) is Decision.WRITE


def test_who_saw_the_newest_answer_may_replace_it():
    assert decide(stored, ("new",), Base(response_id=7, tab=MINE, tab_counter=1)) is Decision.WRITE


def test_who_saw_an_older_one_must_choose():
    assert decide(stored, ("new",), Base(response_id=3, tab=MINE, tab_counter=1)) is Decision.CONFLICT
    assert decide(stored, ("new",), Base(response_id=0, tab=MINE, tab_counter=1)) is Decision.CONFLICT


def test_the_same_answer_from_two_tabs_is_no_conflict():
    assert decide(stored, ("old",), Base(response_id=0, tab=MINE, tab_counter=1)) is Decision.SAME


def test_a_page_that_says_nothing_is_taken_at_its_word():
    assert decide(stored, ("new",)) is Decision.WRITE


def test_a_retry_whose_reply_got_lost_is_no_conflict_with_itself():
    mine = replace(stored, tab=MINE)
    assert decide(mine, ("old",), Base(response_id=3, tab=MINE, tab_counter=1)) is Decision.SAME
    assert decide(mine, ("new",), Base(response_id=3, tab=MINE, tab_counter=2)) is Decision.WRITE


answers = st.sampled_from([("a",), ("b",), ()])


@given(st.lists(answers, min_size=1, max_size=5), st.randoms(), st.lists(st.integers(0, 4), max_size=3))
def test_in_whatever_order_the_saves_of_one_tab_arrive_the_last_one_counts(given_answers, random, again):
    """Some arrive twice, too."""
    saves = list(enumerate(given_answers, start=1))
    arriving = saves + [saves[place % len(saves)] for place in again]
    random.shuffle(arriving)
    now = None
    for counter, raw in arriving:
        if decide(now, raw, Base(response_id=0, tab=MINE, tab_counter=counter)) is Decision.WRITE:
            now = Stored(id=counter, raw=raw, tab=MINE, tab_counter=counter)
    assert now is not None
    assert now.raw == given_answers[-1]


@given(answers, answers, st.integers(0, 9))
def test_nothing_of_another_tab_is_undone_unseen(before, after, seen):
    now = Stored(id=5, raw=before, tab=THEIRS, tab_counter=1)
    decision = decide(now, after, Base(response_id=seen, tab=MINE, tab_counter=4))
    assert (decision is Decision.WRITE) == (seen == 5 and before != after)
