"""How many numbers a sparse matrix takes."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl.sparse.csr import stored_numbers
from reference_impl.sparse.relative_index import filler_count


@generator("relative_entries")
def relative_entries(draw: Random) -> Variant:
    """Five non-zeros; at least one gap takes two fillers, so that inserting one each shows."""
    gap_bits = draw.choice([2, 3])
    longest = 2**gap_bits
    while True:
        gaps = [draw.randrange(1, 3 * longest) for _ in range(5)]
        positions = [sum(gaps[: i + 1]) for i in range(5)]
        fillers = filler_count(positions, gap_bits=gap_bits)
        one_each = sum(gap > longest for gap in gaps)
        short_field = sum((gap - 1) // (longest - 1) for gap in gaps)
        if len({0, fillers, one_each, short_field}) == 4:
            break
    return Variant(
        params={"gap_bits": gap_bits, "longest": longest, "fillers": fillers}
        | {f"p{i}": position for i, position in enumerate(positions)}
        | {f"g{i}": gap for i, gap in enumerate(gaps)},
        key=5 + fillers,
        slips={"no_fillers": 5, "one_filler_each": 5 + one_each, "short_field": 5 + short_field},
    )


@generator("csr_numbers")
def csr_numbers(draw: Random) -> Variant:
    rows, columns = draw.choice([100, 200, 300, 500]), draw.choice([400, 800, 1000])
    density = draw.choice([4, 5, 8, 10])
    nonzeros = rows * columns * density // 100
    return Variant(
        params={"rows": rows, "columns": columns, "density": density, "nonzeros": nonzeros},
        key=stored_numbers(nonzeros, rows),
        slips={
            "coordinates": 3 * nonzeros,
            "values_only": nonzeros,
            "starts_by_column": stored_numbers(nonzeros, columns),
        },
    )
