"""A pruned matrix with shared weights, as packed gaps and codes that the sparse kernels multiply from.

Per stored entry: a gap of `gap_bits` (distance to the previous entry of the row, less one) and a code of `code_bits`, as in
Deep Compression (Han et al., arXiv:1510.00149, section 2 and figure 2). A gap that does not fit is bridged by fillers with
code 0, which stands for 0. Rows, longest first, are put side by side in slices of 16 (SELL-16, EIE's interleaving of rows,
arXiv:1602.01528, on the lanes of a register): entry t of all 16 rows is one group of 16 fields, 2 * (gap_bits + code_bits)
bytes, lowest bit first. Shorter rows of a slice end with entries of gap 0 and code 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels.arguments import all_finite, array_of, same_length

LANES = 16
# A vector load at the last group must stay inside the stream.
_SLACK_BYTES = 64


@dataclass(frozen=True)
class SparseCodebook:
    """Made by `pack_sparse_codebook`; read by `sparse_spmv` and `sparse_spmm`."""

    shape: tuple[int, int]
    gap_bits: int
    code_bits: int
    stream: NDArray[np.uint8]
    slices: NDArray[np.int64]  # (slices + 1,): where each slice starts in the stream, in bytes
    order: NDArray[np.int64]  # (rows,): the row that lies at each place
    table: NDArray[np.float32]  # (32,): the codebook, zeros behind it
    reach: int  # columns plus the farthest a shorter row runs past its end
    entries: int  # stored entries, fillers included, without the ends of shorter rows

    @property
    def width(self) -> int:
        return self.gap_bits + self.code_bits

    @property
    def size_bytes(self) -> int:
        """Bytes of the packed entries, without the codebook and the starts of slices."""
        return int(self.slices[-1])


def pack_sparse_codebook(
    codes: NDArray[np.uint8], codebook: NDArray[np.float32], *, gap_bits: int = 5, code_bits: int = 5
) -> SparseCodebook:
    """Pack uint8 `codes` (rows, columns) that stand for codebook[code], code 0 for a pruned weight.

    codebook: float32, at most 2^code_bits entries, finite, the first one 0. gap_bits and code_bits are 4 or 5. Raises
    WrongDtype, EmptyInput, NotFinite, and OutOfRange for other widths, a code without an entry or an entry 0 that is not 0.
    """
    array_of(codes, "codes", np.uint8, 2)
    array_of(codebook, "codebook", np.float32, 1)
    all_finite(codebook, "codebook")
    for name, bits in (("gap_bits", gap_bits), ("code_bits", code_bits)):
        if bits not in (4, 5):
            raise OutOfRange(f"{name} must be 4 or 5, not {bits}")
    if codebook.size > 2**code_bits:
        raise OutOfRange(f"a codebook of {codebook.size} entries does not fit codes of {code_bits} bits")
    if codebook[0] != 0:
        raise OutOfRange(f"code 0 stands for pruned weights, but the codebook's entry 0 is {codebook[0]}")
    if codes.max() >= codebook.size:
        raise OutOfRange(f"code {codes.max()} has no entry in a codebook of {codebook.size}")
    rows, columns = codes.shape
    fields, lengths = _relative_fields(codes, gap_bits)
    order = np.argsort(-lengths, kind="stable")
    steps = lengths[order[::LANES]]
    groups = _side_by_side(fields, lengths, order, steps)
    width = gap_bits + code_bits
    table = np.zeros(32, np.float32)
    table[: codebook.size] = codebook
    starts = np.concatenate([[0], np.cumsum(steps)])
    overrun = int((np.repeat(steps, LANES)[:rows] - lengths[order]).max())
    return SparseCodebook(
        (rows, columns),
        gap_bits,
        code_bits,
        _packed(groups, width),
        starts * (2 * width),
        order,
        table,
        columns + overrun,
        fields.size,
    )


def _relative_fields(codes: NDArray[np.uint8], gap_bits: int) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """All entries, row after row, as gap | code << gap_bits, and how many each row has."""
    row, column = np.nonzero(codes)
    previous = np.concatenate([[-1], column[:-1]])
    previous[np.concatenate([[True], row[1:] != row[:-1]])[: row.size]] = -1
    skipped = column - previous[: row.size] - 1
    ends = np.cumsum(skipped // 2**gap_bits + 1)
    total = int(ends[-1]) if ends.size else 0
    fields = np.full(total, 2**gap_bits - 1, np.uint16)
    fields[ends - 1] = skipped % 2**gap_bits | codes[row, column].astype(np.int64) << gap_bits
    per_row = np.bincount(row, weights=skipped // 2**gap_bits + 1, minlength=codes.shape[0])
    return fields, per_row.astype(np.int64)


def _side_by_side(
    fields: NDArray[np.uint16], lengths: NDArray[np.int64], order: NDArray[np.int64], steps: NDArray[np.int64]
) -> NDArray[np.uint16]:
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    slice_starts = np.cumsum(steps) - steps
    row = np.repeat(np.arange(lengths.size), lengths)
    number = np.arange(fields.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    groups = np.zeros((int(steps.sum()), LANES), np.uint16)
    groups[slice_starts[place[row] // LANES] + number, place[row] % LANES] = fields
    return groups


def _packed(groups: NDArray[np.uint16], width: int) -> NDArray[np.uint8]:
    stream = np.zeros(groups.shape[0] * 2 * width + _SLACK_BYTES, np.uint8)
    bits = (groups.reshape(-1, 1) >> np.arange(width, dtype=np.uint16)).astype(np.uint8) & 1
    stream[: groups.shape[0] * 2 * width] = np.packbits(bits.ravel(), bitorder="little")
    return stream


def unpacked(matrix: SparseCodebook) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Columns and weights of all groups, both (groups, 16); the definition of the storage, in plain numpy.

    A column may lie past the end where a shorter row of a slice is filled up; its weight is 0.
    """
    width = matrix.width
    bits = np.unpackbits(matrix.stream[: matrix.size_bytes], bitorder="little").reshape(-1, width)
    fields = (bits.astype(np.int64) << np.arange(width)).sum(axis=1).reshape(-1, LANES)
    travelled = np.cumsum((fields & (2**matrix.gap_bits - 1)) + 1, axis=0)
    starts = matrix.slices // (2 * width)
    before = np.concatenate([np.zeros((1, LANES), np.int64), travelled])[starts[:-1]]
    columns = travelled - np.repeat(before, np.diff(starts), axis=0) - 1
    return columns, matrix.table[fields >> matrix.gap_bits]


def dense(matrix: SparseCodebook) -> NDArray[np.float32]:
    """The matrix written out, float32 (rows, columns)."""
    columns, weights = unpacked(matrix)
    steps = np.diff(matrix.slices) // (2 * matrix.width)
    place = np.repeat(np.arange(steps.size), steps)[:, None] * LANES + np.arange(LANES)
    stored = weights != 0
    full = np.zeros(matrix.shape, np.float32)
    full[matrix.order[place[stored]], columns[stored]] = weights[stored]
    return full


def check_right_side(matrix: SparseCodebook, right: NDArray[np.float32], dimensions: int) -> None:
    array_of(right, "right side", np.float32, dimensions)
    same_length(right.shape[0], matrix.shape[1], "length of the right side")
