"""Exact sizes in bits of one matrix under each way of storage. Shapes and codebooks are not counted.

All raise OutOfRange for a negative number and for more non-zeros than entries, WrongDtype for one that is not whole.
"""

from math import inf, log2

from reference_impl.reals import whole_number


def dense_bits(entries: int, *, value_bits: int = 32) -> int:
    """Every entry at the same width."""
    return whole_number(entries, 0, inf, "the number of entries") * _width(value_bits)


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
    rows, columns = whole_number(rows, 0, inf, "rows"), whole_number(columns, 0, inf, "columns")
    nonzeros = _nonzeros(nonzeros, rows * columns)
    column = least_bits(max(columns - 1, 0)) if column_bits is None else _width(column_bits)
    start = least_bits(nonzeros) if start_bits is None else _width(start_bits)
    return nonzeros * (_width(value_bits) + column) + (rows + 1) * start


def bitmap_bits(nonzeros: int, entries: int, *, value_bits: int = 32) -> int:
    """One bit an entry says whether it is stored."""
    entries = whole_number(entries, 0, inf, "the number of entries")
    return entries + _nonzeros(nonzeros, entries) * _width(value_bits)


def relative_bits(nonzeros: int, fillers: int, *, gap_bits: int, value_bits: int = 32) -> int:
    """A value and a gap for each non-zero and each filler."""
    stored = _nonzeros(nonzeros, inf) + whole_number(fillers, 0, inf, "the number of fillers")
    return stored * (_width(value_bits) + _width(gap_bits))


def least_bits(largest: int) -> int:
    """Bits of a field that holds 0 ... largest; at least 1, where `costs.index_bits` charges nothing for one codeword."""
    return max(whole_number(largest, 0, inf, "the largest value").bit_length(), 1)


def position_bound_bits(nonzeros: int, entries: int) -> float:
    """Entropy bound n H(k / n) of any code for the positions alone when all are equally likely and independent."""
    entries = whole_number(entries, 0, inf, "the number of entries")
    nonzeros = _nonzeros(nonzeros, entries)
    share = nonzeros / entries if entries else 0.0
    if share in (0.0, 1.0):
        return 0.0
    return -entries * (share * log2(share) + (1 - share) * log2(1 - share))


def _nonzeros(nonzeros: int, entries: float) -> int:
    return whole_number(nonzeros, 0, entries, "the number of non-zeros")


def _width(bits: int) -> int:
    return whole_number(bits, 0, inf, "a width in bits")
