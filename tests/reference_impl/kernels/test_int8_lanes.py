import numpy as np
import pytest

from reference_impl.kernels.int8_lanes import filled_up, in_lanes


def test_a_register_holds_four_columns_of_sixteen_rows():
    matrix = np.random.default_rng(1).integers(-128, 128, (32, 48), dtype=np.int8)
    lanes = in_lanes(matrix)
    assert lanes.shape == (2, 12, 16, 4)
    np.testing.assert_array_equal(lanes[1, 5], matrix[16:, 20:24])


@pytest.mark.parametrize("shape", [(1, 1), (17, 33), (16, 16)])
def test_padding_is_zero_and_registers_start_on_cache_lines(shape):
    lanes = in_lanes(np.ones(shape, np.int8))
    assert lanes.sum(dtype=int) == shape[0] * shape[1]
    assert lanes.ctypes.data % 64 == 0


@pytest.mark.parametrize(("rows", "room"), [(1, 16), (16, 16), (17, 32)])
def test_numbers_of_rows_are_copied_and_the_last_group_filled_up_with_zeros(rows, room):
    of_rows = np.ones((2, rows), np.int32)
    filled = filled_up(of_rows)
    assert filled.shape == (2, room)
    of_rows[:] = 9
    np.testing.assert_array_equal(filled.sum(axis=1), [rows, rows])
