"""Codewords and what they cost: canonical codes, Kraft's inequality, tables, codes made for other shares."""

import itertools
from random import Random

from questionbank.generators import Variant, generator
from questionbank.generators.entropy_coding import percentages
from reference_impl.entropy_coding import canonical_codes, code_lengths, entropy, kraft_sum, mean_code_length

FIXED_BITS = 2  #: of an index into four centroids


@generator("canonical_codeword")
def canonical_codeword(draw: Random) -> Variant:
    """Of one of six symbols, read as a binary number; its length is shared with another and is not the shortest."""
    while True:
        lengths = draw.choice(
            [[2, 2, 2, 3, 4, 4], [1, 3, 3, 3, 4, 4], [2, 2, 3, 3, 3, 3], [1, 2, 4, 4, 4, 4]]
        )
        lengths = draw.sample(lengths, 6)
        asked = draw.randrange(6)
        length, codes = lengths[asked], canonical_codes(lengths)
        order = sorted(range(6), key=lambda symbol: (lengths[symbol], symbol))
        ties = [symbol for symbol in order if lengths[symbol] == length]
        key, reversed_ties = codes[asked], codes[ties[len(ties) - 1 - ties.index(asked)]]
        slips = {
            "not_shifted": order.index(asked),
            "reversed_ties": reversed_ties,
            "from_ones": 2**length - 1 - key,
        }
        if length > min(lengths) and len({key, *slips.values()}) == 4:
            break
    return Variant(
        params={f"l{i}": each for i, each in enumerate(lengths)} | {"asked": asked, "length": length},
        key=key,
        slips=slips,
    )


@generator("kraft_room")
def kraft_room(draw: Random) -> Variant:
    """How many codewords of one length still fit beside four shorter ones."""
    while True:
        lengths = sorted(draw.randrange(2, 6) for _ in range(4))
        longest = draw.choice([5, 6, 7])
        blocked = int(kraft_sum(lengths) * 2**longest)
        room = 2**longest - blocked
        own = 2**longest - sum(2**length for length in lengths)
        slips = {"only_itself": 2**longest - 4, "blocked": blocked, "own_length": own}
        if longest > lengths[-1] > lengths[0] and room > 0 and own > 0 and len({room, *slips.values()}) == 4:
            break
    return Variant(
        params={f"l{i}": length for i, length in enumerate(lengths)}
        | {"longest": longest, "all_words": 2**longest, "blocked": blocked},
        key=room,
        slips=slips,
    )


@generator("huffman_pays")
def huffman_pays(draw: Random) -> Variant:
    """The least number of indices for which a Huffman code with its table is smaller than two bits an index."""
    while True:
        shares = percentages(draw, 4)
        table_bits = draw.choice([40, 48, 64, 96, 120, 160])
        mean = mean_code_length(shares)
        saved_in_100 = round(100 * (FIXED_BITS - mean))
        if saved_in_100 > 0 and 100 * table_bits % saved_in_100 and mean - entropy(shares) > 0.02:
            break
    below = 100 * table_bits // saved_in_100
    return Variant(
        params={f"p{i}": share for i, share in enumerate(shares)}
        | {"table_bits": table_bits, "mean": round(mean, 2), "saved": saved_in_100 / 100},
        key=below + 1,
        slips={
            "rounded_down": below,
            "with_entropy": int(table_bits / (FIXED_BITS - entropy(shares))) + 1,
            "divided_by_mean": int(table_bits / mean) + 1,
        },
    )


@generator("code_for_other_shares")
def code_for_other_shares(draw: Random) -> Variant:
    """Mean length of a Huffman code when the indices occur with other shares than those it was made for.

    Expected shares without ties that matter: only one choice of lengths, 1, 2, 3 and 3, is the best.
    """
    while True:
        expected, real = percentages(draw, 4), draw.sample(percentages(draw, 4), 4)
        lengths = code_lengths(expected)
        key = sum(share * length for share, length in zip(real, lengths, strict=True)) / 100
        slips = {
            "expected": mean_code_length(expected),
            "rebuilt": mean_code_length(real),
            "entropy": entropy(real),
        }
        values = sorted([key, *slips.values()])
        apart = all(b - a > 0.03 for a, b in itertools.pairwise(values))
        if apart and expected[0] > max(expected[1], expected[2] + expected[3]) and expected[1] > expected[2]:
            break
    return Variant(
        params={f"p{i}": share for i, share in enumerate(expected)}
        | {f"r{i}": share for i, share in enumerate(real)}
        | {f"l{i}": length for i, length in enumerate(lengths)},
        key=key,
        slips=slips,
    )


@generator("pairs_of_mask_bits")
def pairs_of_mask_bits(draw: Random) -> Variant:
    """Bits an entry of a pruning mask takes when a Huffman code is made for pairs of them."""
    percent = draw.choice([72, 75, 78, 80, 84, 85, 88, 90, 92, 95])
    zero, one = percent, 100 - percent
    pairs = [zero * zero, zero * one, one * zero, one * one]
    per_pair = mean_code_length(pairs)
    shares = {f"pair{i}": round(pair / 100, 2) for i, pair in enumerate(pairs)}
    return Variant(
        params={"percent": percent, "rest": one, "per_pair": round(per_pair, 4)} | shares,
        key=per_pair / 2,
        slips={"per_pair": per_pair, "one_by_one": 1.0, "entropy": entropy([zero, one])},
    )
