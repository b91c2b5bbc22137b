"""Storage of matrices in which most entries are zero."""

from reference_impl.sparse.csr import CsrMatrix, matvec, stored_numbers, to_csr, to_dense
from reference_impl.sparse.relative_array import RelativeArray, from_relative, to_relative
from reference_impl.sparse.relative_index import GapField, filler_count
from reference_impl.sparse.sizes import (
    bitmap_bits,
    csr_bits,
    dense_bits,
    least_bits,
    position_bound_bits,
    relative_bits,
)

__all__ = [
    "CsrMatrix",
    "GapField",
    "RelativeArray",
    "bitmap_bits",
    "csr_bits",
    "dense_bits",
    "filler_count",
    "from_relative",
    "least_bits",
    "matvec",
    "position_bound_bits",
    "relative_bits",
    "stored_numbers",
    "to_csr",
    "to_dense",
    "to_relative",
]
