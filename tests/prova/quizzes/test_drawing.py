from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.drawing import SEED_BITS, draw, item_seed

seeds = st.integers(0, 2**SEED_BITS - 1)


@given(seeds, st.integers(1, 100))
def test_the_same_seed_draws_the_same_paper_and_fits_the_database(seed, position):
    drawn = item_seed(seed, position)
    assert drawn == item_seed(seed, position)
    assert 0 <= drawn < 2**63


@given(seeds)
def test_questions_of_one_paper_are_drawn_independently(seed):
    assert len({item_seed(seed, position) for position in range(1, 40)}) == 39


@given(st.lists(st.integers(), min_size=1), seeds)
def test_what_is_drawn_is_one_of_the_choices(choices, seed):
    assert draw(choices, seed) in choices


def test_every_variant_is_drawn_sometimes():
    drawn = {draw(range(8), item_seed(seed, 1)) for seed in range(400)}
    assert drawn == set(range(8))
