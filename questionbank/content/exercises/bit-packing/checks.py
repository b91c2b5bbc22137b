"""What a correct packer of bit fields does. Codes are whole numbers, so that every answer is exact. Codes of up to eight
bits arrive as uint8, as indices and quantized weights are kept: shifts that stay in that dtype lose bits."""

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import integers, lists, one_of, sampled_from, shapes
from reference_impl.entropy_coding import bits as fields

#: of 11 and 15 bits, a code can lie in three bytes
WIDTHS = sampled_from([3, 15, 1, 2, 4, 5, 6, 7, 8, 11, 12, 16])
#: the largest number has all its bits, whatever the width
NUMBERS = lists(one_of(sampled_from([1, 2**16 - 1]), integers(0, 2**16 - 1)), min_size=1, max_size=9)
SHAPES = one_of(shapes(min_dims=1, max_dims=3, max_side=3), sampled_from([(0,), (0, 3), (2, 0)]))


def codes_of(numbers, bits):
    """So many lowest bits of the numbers, in the smallest dtype."""
    return (np.asarray(numbers, np.int64) % 2**bits).astype(np.uint8 if bits <= 8 else np.uint16)


def right_pack(codes, bits):
    return fields.pack(codes, bits)


def right_unpack(packed, bits, count):
    return fields.unpack(np.asarray(packed), bits, count).astype(np.uint16)


# ---------------------------------------------------------------- packed_bytes


@check(points=1)
@given(n=integers(0, 300), bits=WIDTHS)
def bits_fill_whole_bytes(solution, n, bits):
    used = n * bits
    expect.equal(
        solution.packed_bytes(n, bits),
        fields.packed_bytes(n, bits),
        slips={
            "last_byte_not_counted": used // 8,
            "one_byte_too_many": used // 8 + 1,
            "every_code_in_whole_bytes": n * -(-bits // 8),
            "bits_instead_of_bytes": used,
            "no_code_crosses_a_byte": -(-n // (8 // bits)) if bits <= 8 else n * 2,
            "bytes_not_rounded": used / 8,
        },
    )


# ---------------------------------------------------------------- pack


def bits_of(codes, bits):
    """One row a code, lowest bit first."""
    return (codes.astype(np.int64)[:, None] >> np.arange(bits) & 1).astype(np.uint8)


def each_byte_for_itself(codes, bits):
    """As many codes as a byte holds whole; the rest of it stays empty."""
    together = 8 // bits
    padded = np.append(codes, np.zeros(-len(codes) % together, codes.dtype)).reshape(-1, together)
    return (padded.astype(np.int64) << np.arange(together) * bits).sum(axis=1)


def in_so_many_bytes(codes, bits, most):
    """Each code only in the byte where it begins, or in that and the next."""
    starts = np.arange(len(codes)) * bits
    shifted = codes.astype(np.int64) << starts % 8
    bytes_ = np.zeros(fields.packed_bytes(len(codes), bits) + most, np.int64)
    for place in range(most):
        np.bitwise_or.at(bytes_, starts // 8 + place, shifted >> 8 * place & 255)
    return bytes_[:-most]


def wrong_bytes(codes, bits):
    right, ones = right_pack(codes, bits), bits_of(codes, bits)
    as_number = int("".join(map(str, [0, *ones[:, ::-1].ravel()])), 2)
    return {
        "highest_bit_first": np.packbits(ones[:, ::-1]),
        "bits_of_a_code_turned_around": np.packbits(ones[:, ::-1], bitorder="little"),
        "bytes_filled_from_the_top": np.packbits(ones),
        "padding_in_front": np.frombuffer(as_number.to_bytes(len(right), "big"), np.uint8),
        "bytes_back_to_front": right[::-1],
        "every_code_in_whole_bytes": codes,
        "no_code_crosses_a_byte": each_byte_for_itself(codes, bits) if bits <= 8 else right,
        "bits_beyond_the_byte_lost": in_so_many_bytes(codes, bits, 1),
        "third_byte_forgotten": in_so_many_bytes(codes, bits, 2),
        "last_byte_not_counted": right[: codes.size * bits // 8],
        "one_byte_too_many": np.append(right, 0)[: codes.size * bits // 8 + 1],
        "cut_to_eight_bits": right_pack(codes & 255, bits),
    }


@check(points=3)
@given(numbers=NUMBERS, bits=WIDTHS)
def codes_stand_one_behind_the_other(solution, numbers, bits):
    codes = codes_of(numbers, bits)
    expect.equal(solution.pack(codes, bits), right_pack(codes, bits), slips=lambda: wrong_bytes(codes, bits))


@check(points=1, examples=30, depends_on="codes_stand_one_behind_the_other")
@given(
    shape=SHAPES, first=integers(1, 9), bits=sampled_from([3, 4, 10]), with_gaps=sampled_from([False, True])
)
def arrays_of_any_shape_are_packed_row_by_row(solution, shape, first, bits, with_gaps):
    codes = codes_of(first + 3 * np.arange(np.prod(shape, dtype=int)), bits).reshape(shape)
    got = solution.pack(solution.strided(codes) if with_gaps else codes, bits)
    expect.equal(
        got,
        right_pack(codes, bits),
        slips={
            "column_by_column": right_pack(codes.ravel(order="F"), bits),
            "every_row_in_whole_bytes": rows_apart(codes, bits),
            **wrong_bytes(codes.ravel(), bits),
        },
    )
    expect.dtype(got, "uint8")


def rows_apart(codes, bits):
    rows = codes.reshape(-1, codes.shape[-1]) if codes.size else codes.reshape(1, -1)
    return np.concatenate([right_pack(row, bits) for row in rows])


# ---------------------------------------------------------------- unpack


def windows(packed, bits, count, looked_at=2**24 - 1):
    """Of each code: what is looked at of three bytes from where it begins, shifted down to it."""
    wide = np.append(packed, [0, 0]).astype(np.int64)
    three = wide[:-2] | wide[1:-1] << 8 | wide[2:] << 16
    starts = np.arange(count) * bits
    return (three[starts // 8] & looked_at) >> starts % 8


def wrong_codes(packed, bits, count):
    right = right_unpack(packed, bits, count).astype(np.int64)
    ones, starts = np.unpackbits(packed), np.arange(count) * bits
    down = 1 << np.arange(bits)[::-1]
    whole_bytes = 8 * packed.size // bits
    return {
        "highest_bit_first": ones[: count * bits].reshape(count, bits) @ down,
        "bits_of_a_code_turned_around": bits_of(right, bits) @ down,
        "upper_part_lost": packed[starts // 8].astype(np.int64) >> starts % 8 & 2**bits - 1,
        "third_byte_forgotten": windows(packed, bits, count, 2**16 - 1) & 2**bits - 1,
        "neighbouring_bits_left": windows(packed, bits, count) & 2**16 - 1,
        "padding_read_as_codes": windows(packed, bits, whole_bytes) & 2**bits - 1,
        "bytes_instead_of_codes": packed[:count],
        "last_code_lost": right[:-1],
        "read_as_signed": np.where(right >> bits - 1, right - 2**bits, right),
        "cut_to_eight_bits": right & 255,
    }


@check(points=3, depends_on="codes_stand_one_behind_the_other")
@given(numbers=NUMBERS, bits=WIDTHS)
def unpacking_gives_the_codes_back(solution, numbers, bits):
    packed = right_pack(codes_of(numbers, bits), bits)
    got = solution.unpack(packed, bits, len(numbers))
    expect.equal(
        got,
        right_unpack(packed, bits, len(numbers)),
        slips=lambda: wrong_codes(packed, bits, len(numbers)),
    )
    expect.dtype(got, "uint16")


@check(points=1, examples=15)
@given(numbers=NUMBERS, bits=sampled_from([3, 7, 12]))
def the_given_arrays_are_not_changed(solution, numbers, bits):
    codes = codes_of(numbers, bits)
    kept, packed = solution.keep(codes), solution.keep(right_pack(codes, bits))
    fresh = solution.pack(kept, bits), solution.unpack(packed, bits, len(codes))
    for got, bytes_or_codes in zip(fresh, (right_pack(codes, bits), codes), strict=True):
        expect.shape(got, bytes_or_codes.shape)  # whether it is right is for other checks to say
    expect.unchanged_input(solution.pack(kept, bits), fresh[0])
    expect.unchanged_input(solution.unpack(packed, bits, len(codes)), fresh[1])


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=6,
    depends_on=("codes_stand_one_behind_the_other", "unpacking_gives_the_codes_back"),
)
@given(seed=integers(0, 2**20), bits=integers(1, 16), n=sampled_from([1003, 2500, 0, 1]))
@with_right(pack=right_pack, unpack=right_unpack)
def long_rows_survive_the_way_there_and_back(solution, seed, bits, n):
    for width in (bits, 3, 15):
        codes = codes_of(np.random.RandomState(seed).randint(0, 2**16, n), width)
        packed = solution.pack(codes, width)
        expect.equal(packed, right_pack(codes, width))
        expect.dtype(packed, "uint8")
        expect.equal(solution.unpack(packed, width, n), codes)
