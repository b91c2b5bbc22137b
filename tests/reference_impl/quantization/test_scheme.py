"""Laws of grids and of the parameters chosen for them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.ao.quantization.observer import MinMaxObserver

from reference_impl.errors import NotFinite, OutOfRange
from reference_impl.quantization.affine import QParams, choose_qparams
from reference_impl.quantization.grid import Grid
from reference_impl.quantization.scheme import Scheme
from reference_impl.quantization.symmetric import (
    choose_restricted_qparams,
    choose_signed_qparams,
    choose_unsigned_qparams,
)

MAKERS = [
    Scheme.affine,
    lambda bits: Scheme.affine(bits, signed=True),
    Scheme.symmetric_signed,
    Scheme.symmetric_restricted,
]
widths = st.integers(2, 12)
schemes = st.builds(lambda make, bits: make(bits), st.sampled_from(MAKERS), widths)
bounds = st.floats(-1e6, 1e6).map(lambda value: round(value, 6) + 0.0)
ranges = st.tuples(bounds, bounds).map(sorted)


@given(schemes, ranges)
def test_scales_are_positive_and_zero_points_are_codes(scheme: Scheme, bounds: list[float]) -> None:
    scale, zero_point = scheme.qparams(*bounds)

    assert scale > 0
    assert scheme.grid.lo <= zero_point <= scheme.grid.hi
    assert not scheme.symmetric or zero_point == 0


@given(schemes, ranges)
def test_the_grid_covers_the_range_but_for_half_a_step(scheme: Scheme, bounds: list[float]) -> None:
    scale, zero_point = scheme.qparams(*bounds)
    first, last = (np.array([scheme.grid.lo, scheme.grid.hi]) - zero_point) * scale

    assert first <= min(bounds[0], 0) + scale * 0.5000001
    assert last >= max(bounds[1], 0) - scale * 0.5000001


@given(ranges, st.integers(1, 8))
def test_the_affine_scheme_is_the_affine_module_in_arrays(bounds: list[float], bits: int) -> None:
    one = choose_qparams(*bounds, bits=bits)
    scale, zero_point = Scheme.affine(bits).qparams([bounds[0]], [bounds[1]])

    assert (scale[0], zero_point[0]) == one


@given(ranges, widths)
def test_a_signed_affine_grid_is_the_unsigned_one_moved_down(bounds: list[float], bits: int) -> None:
    unsigned = Scheme.affine(bits).qparams(*bounds)
    signed = Scheme.affine(bits, signed=True).qparams(*bounds)

    assert signed.scale == unsigned.scale
    assert unsigned.zero_point - signed.zero_point == 2 ** (bits - 1)


@given(ranges, widths)
def test_turning_the_data_around_keeps_a_symmetric_scale(bounds: list[float], bits: int) -> None:
    lo, hi = bounds

    assert choose_signed_qparams(lo, hi, bits=bits) == choose_signed_qparams(-hi, -lo, bits=bits)
    assert choose_signed_qparams(lo, hi, bits=bits) == choose_restricted_qparams(lo, hi, bits=bits)


@given(ranges)
def test_torch_chooses_the_same_affine_parameters(bounds: list[float]) -> None:
    lo, hi = (float(np.float32(bound)) for bound in bounds)
    for dtype, signed in ((torch.quint8, False), (torch.qint8, True)):
        observer = MinMaxObserver(dtype=dtype, qscheme=torch.per_tensor_affine)
        observer(torch.tensor([lo, hi]))
        theirs_scale, theirs_zero = (part.item() for part in observer.calculate_qparams())
        ours = Scheme.affine(signed=signed).qparams(lo, hi)

        if max(hi, 0) - min(lo, 0) > 255 * observer.eps.item():  # torch keeps every scale above its eps
            assert theirs_scale == pytest.approx(ours.scale, rel=1e-6)
            tie = abs(abs(min(lo, 0) / ours.scale) % 1 - 0.5) < 1e-3  # float32 may fall on its other side
            assert abs(theirs_zero - ours.zero_point) <= tie


@given(st.floats(0.01, 1e6))
def test_torch_lays_a_full_signed_symmetric_grid_by_half_its_steps(limit: float) -> None:
    """The convention that is named in the docstring and not taken: the greatest magnitude lies half a step outside."""
    observer = MinMaxObserver(dtype=torch.qint8, qscheme=torch.per_tensor_symmetric)
    observer(torch.tensor([-limit, limit], dtype=torch.float32))

    assert observer.calculate_qparams()[0].item() == pytest.approx(limit / 127.5, rel=1e-6)
    assert choose_signed_qparams(-limit, limit).scale == pytest.approx(limit / 127)


def test_known_symmetric_parameters() -> None:
    assert choose_signed_qparams(-50, 150) == pytest.approx(QParams(150 / 127, 0))
    assert choose_restricted_qparams(-3, 1, bits=3) == QParams(1.0, 0)
    assert choose_unsigned_qparams(0, 150) == pytest.approx(QParams(150 / 255, 0))
    assert choose_signed_qparams(0, 0) == QParams(1.0, 0)


@pytest.mark.parametrize(
    ("grid", "lo", "hi", "dtype"),
    [
        (Grid.signed(8), -128, 127, np.int8),
        (Grid.restricted(8), -127, 127, np.int8),
        (Grid.unsigned(8), 0, 255, np.uint8),
        (Grid.unsigned(1), 0, 1, np.uint8),
        (Grid.restricted(2), -1, 1, np.int8),
        (Grid.signed(9), -256, 255, np.int16),
        (Grid.unsigned(16), 0, 65535, np.uint16),
    ],
)
def test_known_grids(grid: Grid, lo: int, hi: int, dtype: type) -> None:
    assert (grid.lo, grid.hi, grid.dtype, grid.steps) == (lo, hi, np.dtype(dtype), hi - lo)


@pytest.mark.parametrize("bits", [-1, 0, 1, 17])
def test_signed_grids_of_impossible_widths_are_refused(bits: int) -> None:
    with pytest.raises(OutOfRange, match="bits"):
        Grid.signed(bits)
    with pytest.raises(OutOfRange, match="bits"):
        Grid.restricted(bits)


def test_grids_without_zero_or_symmetry_are_refused() -> None:
    for lo, hi in ((1, 4), (0, 0), (-1, 2**16 - 1), (-4, -1)):
        with pytest.raises(OutOfRange):
            Grid(lo, hi)
    with pytest.raises(OutOfRange, match="symmetric"):
        Scheme(Grid(-1, 5), symmetric=True)


def test_impossible_ranges_are_refused() -> None:
    with pytest.raises(NotFinite):
        Scheme.affine().qparams(0, np.nan)
    with pytest.raises(OutOfRange, match="lo <= hi"):
        Scheme.affine().qparams(1, 0)
    with pytest.raises(OutOfRange, match="negative"):
        choose_unsigned_qparams(-1, 1)


def test_a_range_too_narrow_for_a_step_counts_as_only_zero() -> None:
    assert Scheme.affine().qparams(0, 5e-324).scale == 1.0
