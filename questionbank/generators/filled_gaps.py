"""Numbers of questions with gaps: every number gap's key is an option under the gap's id."""

from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from reference_impl.costs import index_bits, sharing_ratio
from reference_impl.quantization import choose_qparams, quantize
from reference_impl.sparse import dense_bits, to_csr


@generator("gaps_of_a_shared_layer")
def gaps_of_a_shared_layer(draw: Random) -> Variant:
    """Bits of an index, of all indices and of the codebook, and the ratio."""
    weights, codewords = draw.choice([800, 1000, 1600, 2000, 4000]), draw.choice([4, 8, 16, 32])
    bits = index_bits(codewords)
    return Variant(
        params={"weights": weights, "codewords": codewords, "before": dense_bits(weights)},
        options={
            "index": bits,
            "indices": weights * bits,
            "codebook": dense_bits(codewords),
            "ratio": sharing_ratio(weights, codewords),
        },
    )


@generator("gaps_of_a_quantizer")
def gaps_of_a_quantizer(draw: Random) -> Variant:
    """Scale and zero point of a range whose step is a tenth or a twentieth, and the codes of two values."""
    step = draw.choice([0.05, 0.1, 0.2])
    zero_point = draw.randrange(40, 200, 5)
    low, high = round(-zero_point * step, 2), round((255 - zero_point) * step, 2)
    scale, zero = choose_qparams(low, high)
    inside = round(draw.randrange(3, 30) * step, 2)
    beyond = round(high + draw.randrange(5, 20) * step, 2)
    codes = quantize(np.array([inside, beyond]), scale, zero)
    return Variant(
        params={"low": low, "high": high, "inside": inside, "beyond": beyond},
        options={"scale": scale, "zero": zero, "code": int(codes[0]), "clamped": int(codes[1])},
    )


@generator("gaps_of_csr_arrays")
def gaps_of_csr_arrays(draw: Random) -> Variant:
    """A 3 x 4 matrix with five non-zeros, and four entries of its CSR arrays. One row is empty in half of the draws."""
    while True:
        places = sorted(draw.sample(range(12), 5))
        entries = np.zeros(12, dtype=int)
        entries[places] = draw.sample(range(1, 10), 5)
        matrix = entries.reshape(3, 4)
        csr = to_csr(matrix)
        starts = csr.row_starts.tolist()
        if len({starts[1], starts[2], 5}) == 3 or draw.random() < 0.5:
            break
    params = {f"m{row}{column}": int(matrix[row, column]) for row in range(3) for column in range(4)}
    params |= {f"v{place}": int(value) for place, value in enumerate(csr.values)}
    params |= {f"c{place}": int(column) for place, column in enumerate(csr.columns)}
    return Variant(
        params=params,
        options={
            "column": int(csr.columns[2]),
            "first": starts[1],
            "second": starts[2],
            "last": starts[3],
        },
    )
