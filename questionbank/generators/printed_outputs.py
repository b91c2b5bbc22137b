"""Programs to be read: what they print, computed by the reference library and not by the programs."""

from random import Random

import numpy as np

from questionbank.generators import Variant, generator
from reference_impl.entropy_coding import code_lengths, codewords
from reference_impl.pruning.masks import threshold_mask
from reference_impl.quantization import quantize
from reference_impl.sparse.relative_index import decode, encode


@generator("printed_codes")
def printed_codes(draw: Random) -> Variant:
    """Codes of three values: one inside, one that is no multiple of the scale, one beyond the grid; no ties."""
    scale, zero = draw.choice([0.5, 0.25]), draw.choice([3, 5, 6, 8])
    steps = [
        draw.randrange(1, 4),
        -(zero + draw.randrange(2, 6)),
        draw.randrange(2, 5) + draw.choice([0.25, 0.75]),
    ]
    values = [step * scale for step in draw.sample(steps, 3)]
    codes = quantize(np.array(values), scale, zero, bits=4)
    return Variant(
        params={"a": values[0], "b": values[1], "c": values[2], "scale": scale, "zero": zero},
        options={"output": "\n".join(str(code) for code in codes.tolist())},
    )


@generator("printed_positions")
def printed_positions(draw: Random) -> Variant:
    """Positions of the weights of a relative index with one filler."""
    while True:
        positions = sorted(draw.sample(range(1, 26), 3))
        values = [draw.randrange(1, 9) for _ in positions]
        gaps, stored = encode(positions, values, gap_bits=3)
        if len(gaps) == 4:
            break
    where, kept = decode(gaps, stored)
    pairs = zip(where, kept, strict=True)
    return Variant(
        params={"gaps": gaps, "values": [int(value) for value in stored]},
        options={"output": "\n".join(f"{position} {int(value)}" for position, value in pairs)},
    )


@generator("printed_symbols")
def printed_symbols(draw: Random) -> Variant:
    """Symbols decoded from the bits of a prefix code of four letters."""
    letters = draw.sample("abcd", 4)
    words = codewords(code_lengths([8, 4, 2, 1]))
    table = dict(zip(letters, words, strict=True))
    message = [draw.choice(letters) for _ in range(2)] + draw.sample(letters[1:], 2)
    draw.shuffle(message)
    params = {f"letter{place}": letter for place, letter in enumerate(letters)}
    params |= {f"word{place}": word for place, word in enumerate(words)}
    return Variant(
        params=params | {"bits": "".join(table[letter] for letter in message)},
        options={"output": "".join(message)},
    )


@generator("printed_mask")
def printed_mask(draw: Random) -> Variant:
    """How many weights a threshold keeps, and which."""
    while True:
        weights = [draw.choice([-1, 1]) * tenths / 10 for tenths in draw.sample(range(1, 10), 5)]
        threshold = draw.choice([0.35, 0.45, 0.55])
        kept = threshold_mask(weights, threshold)
        if 2 <= int(kept.sum()) <= 3 and any(weight < 0 for weight in np.array(weights)[kept]):
            break
    lines = [f"{place} {weights[place]}" for place in np.flatnonzero(kept)]
    return Variant(
        params={"weights": weights, "threshold": threshold},
        options={"output": "\n".join([*lines, f"kept {int(kept.sum())}"])},
    )
