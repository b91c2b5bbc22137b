"""Exact sizes in bits of one matrix under each way of storage. Shapes and codebooks are not counted."""

from math import log2

from reference_impl.reals import refuse_outside


def dense_bits(entries: int, *, value_bits: int = 32) -> int:
    return entries * value_bits


def csr_bits(
    nonzeros: int,
    rows: int,
    columns: int,
    *,
    value_bits: int = 32,
    column_bits: int | None = None,
    start_bits: int | None = None,
) -> int:
    """Values, columns and rows + 1 row starts; widths not given are the least that hold every value they may take."""
    refuse_outside(nonzeros, 0, rows * columns, "the number of non-zeros")
    column = least_bits(max(columns - 1, 0)) if column_bits is None else column_bits
    start = least_bits(nonzeros) if start_bits is None else start_bits
    return nonzeros * (value_bits + column) + (rows + 1) * start


def bitmap_bits(nonzeros: int, entries: int, *, value_bits: int = 32) -> int:
    """One bit an entry says whether it is stored."""
    refuse_outside(nonzeros, 0, entries, "the number of non-zeros")
    return entries + nonzeros * value_bits


def relative_bits(nonzeros: int, fillers: int, *, gap_bits: int, value_bits: int = 32) -> int:
    """A value and a gap for each non-zero and each filler."""
    return (nonzeros + fillers) * (value_bits + gap_bits)


def least_bits(largest: int) -> int:
    """Bits of a field that holds 0 ... largest; at least 1."""
    refuse_outside(largest, 0, float("inf"), "the largest value")
    return max(int(largest).bit_length(), 1)


def position_bound_bits(nonzeros: int, entries: int) -> float:
    """Entropy bound n H(k / n) of any code for the positions alone when all are equally likely and independent."""
    refuse_outside(nonzeros, 0, entries, "the number of non-zeros")
    share = nonzeros / entries if entries else 0.0
    if share in (0.0, 1.0):
        return 0.0
    return -entries * (share * log2(share) + (1 - share) * log2(1 - share))
