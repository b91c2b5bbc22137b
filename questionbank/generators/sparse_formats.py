"""Reading sparse formats, and what they cost beside each other."""

from itertools import accumulate
from random import Random

from questionbank.generators import Variant, generator
from reference_impl.sparse.csr import CsrMatrix, matvec, to_csr
from reference_impl.sparse.relative_index import decode
from reference_impl.sparse.sizes import bitmap_bits, dense_bits, relative_bits

BITS_PER_KB = 8000
ASKED_ROW = 1


@generator("csr_row_product")
def csr_row_product(draw: Random) -> Variant:
    """Row 1 of three times a vector of six; six non-zeros."""
    while True:
        matrix = _sparse_matrix(draw, draw.choice([(2, 3, 1), (1, 3, 2), (2, 2, 2), (1, 2, 3), (3, 2, 1)]))
        x = [draw.choice([-3, -2, -1, 1, 2, 3, 4]) for _ in range(matrix.width)]
        values, columns = [int(each) for each in matrix.values], [int(each) for each in matrix.columns]
        starts = [int(each) for each in matrix.row_starts]
        products = matvec(matrix, x)
        first, end = starts[ASKED_ROW], starts[ASKED_ROW + 1]
        key = int(products[ASKED_ROW])
        slips = {
            "columns_ignored": sum(values[k] * x[k - first] for k in range(first, end)),
            "end_included": key + values[end] * x[columns[end]],
            "row_before": int(products[ASKED_ROW - 1]),
        }
        if key and len({key, *slips.values()}) == 4:
            break
    return Variant(
        params=_numbered("v", values)
        | _numbered("c", columns)
        | _numbered("s", starts)
        | _numbered("x", x)
        | {"end_before": end - 1},
        key=key,
        slips=slips,
    )


def _sparse_matrix(draw: Random, nonzeros: tuple[int, ...], width: int = 6) -> CsrMatrix:
    dense = [[0] * width for _ in nonzeros]
    for row, count in zip(dense, nonzeros, strict=True):
        for column in draw.sample(range(width), count):
            row[column] = draw.choice([-4, -3, -2, 2, 3, 4, 5])
    return to_csr(dense)


def _numbered(letter: str, numbers: list[int]) -> dict[str, int]:
    return {f"{letter}{i}": number for i, number in enumerate(numbers)}


@generator("position_after_gaps")
def position_after_gaps(draw: Random) -> Variant:
    """Position of the last non-zero of five entries, one of which is a filler."""
    gap_bits, filler = draw.choice([3, 4]), draw.randrange(1, 4)
    longest = 2**gap_bits
    gaps = [draw.randrange(1, longest) for _ in range(5)]
    values = [draw.choice([-9, -7, -5, -4, 3, 4, 6, 8]) for _ in range(5)]
    gaps[filler], values[filler] = longest, 0
    key = decode(gaps, values)[0][-1]
    return Variant(
        params=_numbered("g", gaps)
        | _numbered("v", values)
        | _numbered("a", list(accumulate(gaps)))
        | {"longest": longest, "gap_bits": gap_bits},
        key=key,
        slips={"filler_skipped": key - longest, "zeros_between": key + len(gaps), "from_zero": key - 1},
    )


@generator("bitmap_size")
def bitmap_size(draw: Random) -> Variant:
    """In kB of 1000 bytes; values of 8 bits."""
    rows, columns = draw.choice([200, 400, 500, 800]), draw.choice([300, 600, 1000])
    density = draw.choice([10, 20, 25, 40])
    entries = rows * columns
    nonzeros = entries * density // 100
    return Variant(
        params={
            "rows": rows,
            "columns": columns,
            "density": density,
            "mask_kb": entries / BITS_PER_KB,
            "values_kb": nonzeros / 1000,
        },
        key=bitmap_bits(nonzeros, entries, value_bits=8) / BITS_PER_KB,
        slips={
            "no_mask": nonzeros / 1000,
            "mask_in_bytes": (entries + nonzeros) / 1000,
            "mask_of_kept": bitmap_bits(nonzeros, nonzeros, value_bits=8) / BITS_PER_KB,
        },
    )


@generator("bitmap_or_index")
def bitmap_or_index(draw: Random) -> Variant:
    """Density in per cent at which a bit an entry costs as much as an index a non-zero."""
    value_bits, position_bits = draw.choice([4, 8, 16]), draw.choice([4, 5, 8, 10, 16])
    mask = bitmap_bits(0, 1, value_bits=value_bits)
    stored = relative_bits(1, 0, gap_bits=position_bits, value_bits=value_bits)
    dense = dense_bits(1, value_bits=value_bits)
    return Variant(
        params={"value_bits": value_bits, "position_bits": position_bits},
        key=100 * mask / (stored - dense),
        slips={
            "index_or_dense": 100 * dense / stored,
            "bitmap_or_dense": 100 * (dense - mask) / dense,
            "values_counted": 100 * mask / stored,
        },
    )
