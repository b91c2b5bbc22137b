from hypothesis import given
from hypothesis import strategies as st
from prova.quizzes.arrangement import Spot, moved, spot_of, stepped, swapped

orders = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(
    lambda sizes: tuple(
        tuple(f"q{section}{place}" for place in range(size)) for section, size in enumerate(sizes)
    )
)
filled = orders.filter(any)


@given(filled, st.data(), st.integers(-2, 6), st.integers(-2, 6))
def test_moving_keeps_all_keys_and_puts_one_where_it_was_sent(order, data, section, index):
    key = data.draw(st.sampled_from([key for keys in order for key in keys]))
    after = moved(order, key, Spot(section, index))
    assert sorted(key for keys in after for key in keys) == sorted(key for keys in order for key in keys)
    assert [[each for each in keys if each != key] for keys in after] == [
        [each for each in keys if each != key] for keys in order
    ]
    at = spot_of(after, key)
    assert at.section == min(max(section, 0), len(order) - 1)


@given(filled, st.data())
def test_a_step_up_undoes_a_step_down(order, data):
    key = data.draw(st.sampled_from([key for keys in order for key in keys]))
    down = stepped(order, key, 1)
    if down != order:
        assert stepped(down, key, -1) == order


@given(st.lists(st.integers(), min_size=1, unique=True), st.data())
def test_sections_change_places_with_their_neighbour(keys, data):
    key = data.draw(st.sampled_from(keys))
    down = swapped(keys, key, 1)
    assert sorted(down) == sorted(keys)
    assert key == keys[-1] or swapped(down, key, -1) == keys
