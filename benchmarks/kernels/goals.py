"""What each kernel is to reach, per dispatch tier: times as fast as the best of the peers that the gate names.

Where that peer is a copy of memory the ratio is below one: 6 times as long as the copy is a ratio of 1/6.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reference_impl.kernels.tiers import Tier


@dataclass(frozen=True)
class Goal:
    gate: float  #: is reached reliably, noise included
    moonshot: float | None = None  #: what may just be possible


Goals = Mapping[Tier, Goal]  #: no tier that is missing here has a goal

ONLY_SHOWN: Goals = {}


def with_vectors(gate: float, moonshot: float | None = None) -> Goals:
    """For kernels whose highest tier is VNNI."""
    return {Tier.VNNI: Goal(gate, moonshot)}


def everywhere(gate: float, moonshot: float | None = None) -> Goals:
    """For kernels that numba compiles for any CPU."""
    return {tier: Goal(gate, moonshot) for tier in (Tier.PORTABLE, Tier.VNNI, Tier.AMX)}


INT8_LAYER = with_vectors(2.5, 4.0)
INT8_LAYER_FROM_MEMORY = with_vectors(1.2, 1.6)
CODEBOOK4 = with_vectors(1.1, 1.5)
CODEBOOK4_IN_CACHE = with_vectors(1.8, 2.5)
GEMM: Goals = {Tier.VNNI: Goal(0.8, 1.2), Tier.AMX: Goal(1.15, 2.0)}
# Without tiles both sides have the same peak, so the goals are those of the product.
CONV: Goals = {Tier.VNNI: Goal(0.8, 1.2), Tier.AMX: Goal(1.2, 2.5)}
SPMV_LARGE = with_vectors(1.7, 3.5)
SPMV_SMALL = with_vectors(1.4, 3.0)
SPMM = with_vectors(1.0, 3.0)
HUFFMAN_DECODE_CODES = everywhere(1.0, 1.5)
HUFFMAN_DECODE_GAPS = everywhere(1.5, 2.5)
HUFFMAN_ENCODE = everywhere(1.5, 3.0)
HUFFMAN_PACKAGES = everywhere(40.0, 100.0)
KMEANS_PLUS_PLUS = everywhere(80.0, 400.0)
KMEANS_EXACT = everywhere(100.0, 400.0)
KMEANS_COPY = everywhere(1 / 6, 1 / 2)
BIT_PACKING = everywhere(1 / 1.3, 1.0)

EXACT_GAP = 1e-5  # relative to the least inertia there is; part of the gate of KMEANS_EXACT
