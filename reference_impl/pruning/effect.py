"""What sparsity does to bits and multiply-accumulates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import EmptyInput
from reference_impl.pruning.masks import checked_mask
from reference_impl.reals import refuse_outside, whole_number
from reference_impl.sparse.relative_index import filler_count


@dataclass(frozen=True)
class PruningEffect:
    weights: int
    kept: int
    fillers: int  #: zeros stored because a gap did not fit its field
    dense_bits: int
    stored_bits: int  #: a value and a gap for each kept weight and each filler
    dense_macs: int
    needed_macs: int  #: those with a kept weight; hardware that skips no zero still does all of dense_macs

    @property
    def ratio(self) -> float:
        """Dense over stored bits; infinite when nothing is kept."""
        return self.dense_bits / self.stored_bits if self.stored_bits else float("inf")


def effect_of(mask: ArrayLike, *, uses: int = 1, weight_bits: int = 32, gap_bits: int = 5) -> PruningEffect:
    """Of one layer, stored row-major as values with relative indices (gap 1 ... 2^gap_bits).

    uses: MACs a weight takes part in for one input: 1 in a dense layer, the positions of the output in a convolution.
    EmptyInput, WrongDtype: a mask not of bool. OutOfRange: uses or weight_bits below 1, gap_bits outside 1 ... 32.
    """
    kept = checked_mask(mask).ravel()
    if kept.size == 0:
        raise EmptyInput("the mask is empty")
    uses = whole_number(uses, 1, np.inf, "uses")
    weight_bits = whole_number(weight_bits, 1, np.inf, "bits of a weight")
    positions = (np.flatnonzero(kept) + 1).tolist()
    fillers = filler_count(positions, gap_bits=gap_bits)
    return PruningEffect(
        weights=kept.size,
        kept=len(positions),
        fillers=fillers,
        dense_bits=kept.size * weight_bits,
        stored_bits=(len(positions) + fillers) * (weight_bits + gap_bits),
        dense_macs=kept.size * uses,
        needed_macs=len(positions) * uses,
    )


def break_even_density(weight_bits: float, index_bits: float) -> float:
    """Density below which values with indices take less room than the dense tensor; fillers left out.

    OutOfRange: a weight of no bits, or an index of fewer than none.
    """
    refuse_outside(weight_bits, 5e-324, np.inf, "bits of a weight")
    refuse_outside(index_bits, 0, np.inf, "bits of an index")
    return weight_bits / (weight_bits + index_bits)


def channel_pruned_macs(macs: float, *, kept_inputs: float, kept_outputs: float) -> float:
    """MACs of a layer of which these shares of input and output channels are left: the shares multiply.

    OutOfRange: MACs below zero, or a share outside 0 ... 1.
    """
    refuse_outside(macs, 0, np.inf, "MACs")
    refuse_outside(kept_inputs, 0.0, 1.0, "the share of inputs")
    refuse_outside(kept_outputs, 0.0, 1.0, "the share of outputs")
    return macs * kept_inputs * kept_outputs
