import numpy as np
import pytest

from reference_impl.kernels.int8_lanes import in_lanes


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
