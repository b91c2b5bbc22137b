"""Which code multiplies bytes on this machine: one entry for matrix products and convolutions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels import amx, int8_tiles, self_tests, vnni
from reference_impl.kernels.arguments import array_of, products_fit, same_length
from reference_impl.kernels.int8_epilogue import epilogue_of
from reference_impl.kernels.int8_tiles import Positions
from reference_impl.kernels.requantization import Requantization, requantize
from reference_impl.kernels.tiers import Tier, choose, tiers_for

_VNNI_TESTS = (self_tests.dots_are_right, self_tests.rounding_is_right)
TIERS = tiers_for({Tier.VNNI: _VNNI_TESTS, Tier.AMX: (self_tests.rounding_is_right, amx.tiles_are_right)})

_PACK: dict[Tier, Callable[[NDArray[np.int8]], NDArray[np.int8]]] = {
    Tier.NUMPY: np.ascontiguousarray,
    Tier.PORTABLE: int8_tiles.pack_lines,
    Tier.VNNI: int8_tiles.pack_vectors,
    Tier.AMX: int8_tiles.pack_vectors,
}
_MULTIPLY = {
    Tier.PORTABLE: int8_tiles.portable_products,
    Tier.VNNI: vnni.vnni_products,
    Tier.AMX: amx.amx_products,
}


@dataclass(frozen=True)
class Weights:
    """Runs of weights for all output channels in the layout of their tier."""

    length: int  # of a run
    data: NDArray[np.int8]
    channel_sums: NDArray[np.int32]
    tier: Tier

    @property
    def flip(self) -> int:
        """What the bytes of the source are exclusive-ored with: VNNI wants them shifted to 0 … 255."""
        return 128 if self.tier is Tier.VNNI else 0


def pack(runs: NDArray[np.int8], tier: Tier | None) -> Weights:
    """Of (runs, length, channels). OutOfRange for more than 65535 products in a sum or a tier that is not there."""
    count, length, _ = runs.shape
    products_fit(count * length)
    chosen = choose(TIERS, tier)
    return Weights(length, _PACK[chosen](runs), runs.sum(axis=(0, 1), dtype=np.int32), chosen)


def multiply(
    source: NDArray[np.uint8],
    at: Positions,
    weights: Weights,
    bias: NDArray[np.int32] | None,
    zero_point: int,
    requantization: Requantization | None,
) -> NDArray[Any]:
    """(positions, channels): int32 sums, or bytes with `requantization`; `source` already flipped."""
    if requantization is not None:
        requantization.check_channels(weights.channel_sums.size)
    total_bias = _shifted_bias(weights, bias, zero_point)
    if weights.tier is Tier.NUMPY:
        sums = int8_tiles.definition_of_sums(source.view(np.int8), at, weights.data) + total_bias
        return sums if requantization is None else requantize(sums, requantization)
    epilogue = epilogue_of(at.starts.size * at.per_line, total_bias, requantization)
    _MULTIPLY[weights.tier](source, at, weights.length, weights.data, epilogue)
    if requantization is None:
        return epilogue.sums_out
    return epilogue.bytes_out.view(requantization.dtype)


def check_zero_point(zero_point: int) -> None:
    """OutOfRange unless it is the code of an int8 value."""
    if not -128 <= zero_point <= 127:
        raise OutOfRange(f"the zero point of int8 values lies in -128 … 127, not at {zero_point}")


def _shifted_bias(weights: Weights, bias: NDArray[np.int32] | None, zero_point: int) -> NDArray[np.int32]:
    # The sums of values less their zero point, from the sums of the shifted bytes.
    shifted: NDArray[np.int32] = weights.channel_sums * np.int32(-zero_point - weights.flip)
    if bias is None:
        return shifted
    array_of(bias, "bias", np.int32, 1)
    same_length(bias.size, shifted.size, "biases (one per output channel)")
    return shifted + bias
