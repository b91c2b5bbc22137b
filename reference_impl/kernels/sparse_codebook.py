"""A pruned matrix with shared weights, as packed gaps and codes that the sparse kernels multiply from.

Per stored entry: a gap of `gap_bits` (distance to the previous entry of the row, less one) and a code of `code_bits`, as in
Deep Compression (Han et al., arXiv:1510.00149, section 2 and figure 2). A gap that does not fit is bridged by fillers with
code 0, which stands for 0.

The columns are cut into blocks of equal width, at most 128, so that a block of the vector stays in registers; gaps start anew
in each block. Within a block and a window of 256 rows, rows are sorted by their number of entries, longest first, and 16 rows
side by side form a slice (EIE's interleaving of rows, arXiv:1602.01528, on the lanes of a register). The stream holds, block
after block, its slices from top to bottom, each as

    1 byte       steps: entries of the longest row, 0 to 128
    16 bytes     the row of each lane, counted from the start of its window
    steps times  a group of 16 fields gap | code << gap_bits, lowest bit first, 2 * (gap_bits + code_bits) bytes

Shorter rows of a slice end with entries of gap 0 and code 0. Rows are filled up with empty ones to whole slices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange
from reference_impl.kernels.arguments import all_finite, array_of

LANES = 16
BLOCK_COLUMNS = 128
WINDOW_ROWS = 256
HEAD_BYTES = 1 + LANES
# A vector load at the last group must stay inside the stream.
_SLACK_BYTES = 64


@dataclass(frozen=True)
class SparseCodebook:
    """Made by `pack_sparse_codebook`; read by `sparse_spmv` and `sparse_spmm`."""

    shape: tuple[int, int]
    gap_bits: int
    code_bits: int
    stream: NDArray[np.uint8]
    table: NDArray[np.float32]  # (32,): the codebook, zeros behind it
    block_columns: int
    entries: int  # stored entries, fillers included, without the ends of shorter rows

    @property
    def size_bytes(self) -> int:
        """Bytes of the stream: entries, rows of the lanes and steps, without the codebook."""
        return self.stream.size - _SLACK_BYTES


def _whole(count: int, of: int) -> int:
    return -(-count // of) * of


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
    segments = _segments(codes)
    fields, lengths = _relative_fields(segments.reshape(-1, segments.shape[2]), gap_bits)
    order = _sorted_in_windows(lengths.reshape(segments.shape[:2]))
    steps = lengths[order[::LANES]]
    groups = _side_by_side(fields, lengths, order, steps)
    rows = (order % segments.shape[1] % WINDOW_ROWS).astype(np.uint8)
    heads = np.column_stack([steps.astype(np.uint8), rows.reshape(-1, LANES)])
    table = np.zeros(32, np.float32)
    table[: codebook.size] = codebook
    stream = _stream(heads, steps, groups, gap_bits + code_bits)
    return SparseCodebook(codes.shape, gap_bits, code_bits, stream, table, segments.shape[2], fields.size)


def _segments(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The part of each row in each block, (blocks, padded rows, columns of a block)."""
    rows, columns = codes.shape
    width = -(-columns // -(-columns // BLOCK_COLUMNS))
    padded = np.zeros((_whole(rows, LANES), _whole(columns, width)), np.uint8)
    padded[:rows, :columns] = codes
    return np.ascontiguousarray(padded.reshape(padded.shape[0], -1, width).transpose(1, 0, 2))


def _relative_fields(
    segments: NDArray[np.uint8], gap_bits: int
) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """All entries, segment after segment, as gap | code << gap_bits, and how many each segment has."""
    row, column = np.nonzero(segments)
    previous = np.concatenate([[-1], column[:-1]])
    previous[np.concatenate([[True], row[1:] != row[:-1]])[: row.size]] = -1
    skipped = column - previous[: row.size] - 1
    ends = np.cumsum(skipped // 2**gap_bits + 1)
    total = int(ends[-1]) if ends.size else 0
    fields = np.full(total, 2**gap_bits - 1, np.uint16)
    fields[ends - 1] = skipped % 2**gap_bits | segments[row, column].astype(np.int64) << gap_bits
    lengths = np.bincount(row, weights=skipped // 2**gap_bits + 1, minlength=segments.shape[0])
    return fields, lengths.astype(np.int64)


def _sorted_in_windows(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The segment that lies at each place, from lengths (blocks, padded rows)."""
    blocks, rows = lengths.shape
    windows = -(-rows // WINDOW_ROWS)
    window = np.arange(blocks)[:, None] * windows + np.arange(rows) // WINDOW_ROWS
    return np.lexsort((-lengths.ravel(), window.ravel()))


def _side_by_side(
    fields: NDArray[np.uint16], lengths: NDArray[np.int64], order: NDArray[np.int64], steps: NDArray[np.int64]
) -> NDArray[np.uint16]:
    """The fields in groups of 16, one of each segment of a slice: (groups, 16)."""
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    slice_starts = np.cumsum(steps) - steps
    segment = np.repeat(np.arange(lengths.size), lengths)
    number = np.arange(fields.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    groups = np.zeros((int(steps.sum()), LANES), np.uint16)
    groups[slice_starts[place[segment] // LANES] + number, place[segment] % LANES] = fields
    return groups


def _stream(
    heads: NDArray[np.uint8], steps: NDArray[np.int64], groups: NDArray[np.uint16], width: int
) -> NDArray[np.uint8]:
    bits = (groups.reshape(-1, 1) >> np.arange(width, dtype=np.uint16)).astype(np.uint8) & 1
    packed = np.packbits(bits.ravel(), bitorder="little")
    starts = HEAD_BYTES * np.arange(steps.size) + 2 * width * (np.cumsum(steps) - steps)
    of_heads = starts[:, None] + np.arange(HEAD_BYTES)
    stream = np.zeros(heads.size + packed.size + _SLACK_BYTES, np.uint8)
    of_groups = np.ones(heads.size + packed.size, np.bool_)
    of_groups[of_heads] = False
    stream[of_heads] = heads
    stream[: of_groups.size][of_groups] = packed
    return stream


def dense(matrix: SparseCodebook) -> NDArray[np.float32]:
    """The matrix written out, float32 (rows, columns); the definition of the storage, in plain numpy."""
    full = np.zeros((_whole(matrix.shape[0], LANES), matrix.shape[1]), np.float32)
    width = matrix.gap_bits + matrix.code_bits
    at = 0
    for block in range(0, full.shape[1], matrix.block_columns):
        for first in range(0, full.shape[0], LANES):
            steps, rows = int(matrix.stream[at]), matrix.stream[at + 1 : at + HEAD_BYTES].astype(np.int64)
            end = at + HEAD_BYTES + steps * 2 * width
            bits = np.unpackbits(matrix.stream[at + HEAD_BYTES : end], bitorder="little")
            fields = (bits.reshape(-1, LANES, width).astype(np.int64) << np.arange(width)).sum(axis=2)
            columns = np.cumsum((fields & (2**matrix.gap_bits - 1)) + 1, axis=0) - 1
            weights = matrix.table[fields >> matrix.gap_bits]
            step, lane = np.nonzero(weights)
            window = first // WINDOW_ROWS * WINDOW_ROWS
            full[window + rows[lane], block + columns[step, lane]] = weights[step, lane]
            at = end
    return full[: matrix.shape[0]]
