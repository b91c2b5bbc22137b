"""The parts of the families that only count."""

import numpy as np

from benchmarks.kernels.families.data import InTurn, sets_beyond_cache
from benchmarks.kernels.families.huffman import _look_ups
from benchmarks.kernels.families.kmeans_1d import inertia
from benchmarks.kernels.machine import last_level_bytes


def test_calls_take_turns():
    take = InTurn([lambda: "first", lambda: "second"])
    assert [take() for _ in range(3)] == ["first", "second", "first"]


def test_the_other_sets_push_a_set_out_of_the_cache_twice_over():
    for set_bytes in (1 << 20, 37 << 20, 1 << 40):
        assert (sets_beyond_cache(set_bytes) - 1) * set_bytes >= 2 * last_level_bytes()


def test_a_window_takes_as_many_whole_codewords_as_fit():
    assert _look_ups(np.array([4, 4, 4, 4], np.uint8), 12, 6) == 2
    assert _look_ups(np.array([5, 5, 5, 5], np.uint8), 12, 6) == 2
    assert _look_ups(np.ones(12, np.uint8), 12, 6) == 2


def test_inertia_is_taken_around_the_means_of_the_clusters():
    values = np.array([0, 2, 10, 14], np.float32)
    assert inertia(values, np.array([0, 0, 1, 1]), 2) == 2 + 8
    assert inertia(values, np.array([0, 0, 2, 2]), 4) == 2 + 8
