"""What a correct relative index does. Weights are quarters and only moved, never computed with: all answers are exact.
The reference counts gaps from 1 and writes each minus 1, which is the number of zeros that are skipped."""

from functools import partial

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import arrays, integers, lists, one_of, sampled_from, shapes
from reference_impl import sparse
from reference_impl.sparse import GapField, RelativeArray

ENTRIES = sampled_from([0.0, 0.0, 0.5, -1.0, 0.0, 2.25, -0.0])
WIDEST = 8  #: that best_gap_bits may choose


def right_encode(w, gap_bits, field=GapField.MINUS_ONE):
    array = sparse.to_relative(w, gap_bits=int(gap_bits), field=field)
    return array.codes, array.values.astype(np.float32)


def right_decode(codes, values, shape):
    return sparse.from_relative(
        RelativeArray(np.asarray(codes), np.asarray(values), tuple(shape), 32)
    ).astype(np.float32)


def with_zeros_between(zeros, at_the_end):
    """A row in which so many zeros stand before each weight: 0.25, -0.5, 0.75, ..."""
    places = np.cumsum(np.array(zeros, np.int64) + 1) - 1
    row = np.zeros(int(places[-1]) + 1 + at_the_end, np.float32)
    row[places] = np.arange(1, len(zeros) + 1) * 0.25 * (-1) ** np.arange(len(zeros))
    return row


def codes_and_values(got):
    codes, values = expect.pair(got)
    whole = isinstance(codes, np.ndarray) and codes.dtype.kind in "iu"
    expect.that(whole, "codes_not_whole", got=codes if codes is not None else "None")
    return codes, values


# ---------------------------------------------------------------- relative_encode


def wrong_values(w):
    return {
        "zeros_are_stored": w.ravel(),
        "column_by_column": right_encode(w.T, WIDEST)[1],
        "negative_zero_is_a_weight": w[(w != 0) | np.signbit(w)],
    }


def wrong_codes(w):
    """Of arrays in which every gap fits."""
    right, places = right_encode(w, WIDEST)[0], np.flatnonzero(w)
    return {
        "absolute_positions": places,
        "absolute_positions_from_one": places + 1,
        "gap_itself_stored": right + 1,
        "differences_of_positions": np.diff(places, prepend=0),
        "first_gap_lost": np.diff(places, prepend=places[:1] - 1)[: len(places)] - 1,
        "zeros_behind_each_weight": np.diff(places, append=w.size) - 1,
        "begins_anew_in_every_row": in_each_row(w, places),
        "column_by_column": right_encode(w.T, WIDEST)[0],
    }


@check(points=3)
@given(w=arrays(ENTRIES, shape=shapes(min_dims=1, max_dims=2, max_side=4)), gap_bits=integers(4, 8))
def zeros_before_each_weight_are_counted(solution, w, gap_bits):
    """In so small an array every gap fits. What nothing but zeros gives is for a later check."""
    if not w.any():
        w.flat[-1] = 0.5
    codes, values = codes_and_values(solution.relative_encode(w, gap_bits))
    right, stored = right_encode(w, gap_bits)
    expect.equal(values, stored, slips=lambda: wrong_values(w))
    expect.equal(codes, right, slips=lambda: wrong_codes(w))


def in_each_row(w, places):
    """Gaps counted from the row's beginning for its first weight."""
    width = max(w.shape[-1], 1)
    starts = places // width * width - 1
    before = np.concatenate([[-1], places[:-1]])[: len(places)]
    return places - np.maximum(before, starts) - 1


def encoded(w, longest, taken, *, fillers=None, filler_code=None, differences=False):
    """Codes and values where a filler stands for the code `longest` but takes `taken` places; at most so many a gap.
    `differences`: of positions, the first weight's being its own."""
    codes, values, before = [], [], -1
    for place in np.flatnonzero(w):
        zeros, made = int(place) - (max(before, 0) if differences else before + 1), 0
        while zeros > longest and made != fillers:
            codes.append(longest if filler_code is None else filler_code)
            values.append(0.0)
            zeros, made = zeros - taken, made + 1
        codes.append(zeros)
        values.append(float(w[place]))
        before = int(place)
    return np.array(codes, np.int64), np.array(values, np.float64)


def wrong_encodings(w, gap_bits):
    """Slip -> (codes, values), of a row."""
    codes, values = right_encode(w, gap_bits)
    most = 2**gap_bits - 1
    none, weights = encoded(w, most, most + 1, fillers=0)
    last = int(np.flatnonzero(w)[-1]) if weights.size else -1
    behind = (w.size - 1 - last) // (most + 1)
    following = values.copy()
    for i in reversed(range(len(values) - 1)):
        following[i] = following[i] or following[i + 1]
    return {
        "gap_itself_stored": right_encode(w, gap_bits, GapField.PLAIN),
        "gap_overflows_its_field": (codes + 1, values),
        "filler_missing": (none, weights),
        "gap_wrapped": (none & most, weights),
        "gap_cut_off": (np.minimum(none, most), weights),
        "filler_takes_no_place": encoded(w, most, most),
        "differences_of_positions": encoded(w, most, most, differences=True),
        "field_one_short": encoded(w, most - 1, most),
        "field_one_too_long": encoded(w, most + 1, most + 2),
        "one_filler_only": encoded(w, most, most + 1, fillers=1),
        "filler_skips_nothing": encoded(w, most, most + 1, filler_code=0),
        "filler_without_value": (codes, weights),
        "filler_holds_a_weight": (codes, following),
        "zeros_at_the_end_stored": (np.append(codes, [most] * behind), np.append(values, [0.0] * behind)),
        "absolute_positions": (np.flatnonzero(w), weights),
    }


@check(points=3, depends_on="zeros_before_each_weight_are_counted")
@given(
    zeros=lists(integers(0, 19), min_size=1, max_size=4),
    at_the_end=integers(0, 9),
    gap_bits=sampled_from([2, 1, 3]),
)
def long_gaps_are_bridged_by_fillers(solution, zeros, at_the_end, gap_bits):
    w = with_zeros_between(zeros, at_the_end)
    codes, values = codes_and_values(solution.relative_encode(w, gap_bits))
    right, stored = right_encode(w, gap_bits)
    wrong = partial(wrong_encodings, w, gap_bits)
    expect.equal(codes, right, slips=lambda: {key: one for key, (one, _) in wrong().items()})
    expect.equal(values, stored, slips=lambda: values_beside(right, wrong()))


def values_beside(right, wrong):
    """Of mistakes that change the values alone."""
    return {key: values for key, (codes, values) in wrong.items() if np.array_equal(codes, right)}


@check(points=1, examples=30, depends_on="long_gaps_are_bridged_by_fillers")
@given(
    w=one_of(
        arrays(ENTRIES, shape=sampled_from([(0,), (0, 3), (2, 0), (1,), (3,)])),
        arrays(sampled_from([0.0, -0.0]), shape=shapes(min_dims=1, max_dims=3, max_side=3)),
        arrays(ENTRIES, shape=shapes(min_dims=3, max_dims=3, max_side=3)),
    ),
    gap_bits=sampled_from([2, 5]),
    with_gaps=sampled_from([False, True]),
)
def arrays_of_any_shape_and_empty_ones_work(solution, w, gap_bits, with_gaps):
    given_w = solution.strided(w) if with_gaps else w
    codes, values = codes_and_values(solution.relative_encode(given_w, gap_bits))
    right, stored = right_encode(w, gap_bits)
    wrong = partial(wrong_encodings, w.ravel(), gap_bits)
    expect.equal(codes, right, slips=lambda: wrong_codes(w) | {key: one for key, (one, _) in wrong().items()})
    expect.equal(values, stored, slips=lambda: wrong_values(w) | values_beside(right, wrong()))
    expect.dtype(values, "float32")


# ---------------------------------------------------------------- relative_decode


def placed(places, values, shape):
    flat = np.zeros(int(np.prod(shape)))
    flat[places] = values
    return flat.reshape(shape)


def wrong_arrays(codes, values, shape):
    """Where a zero stands behind the last weight."""
    right = right_decode(codes, values, shape)
    weights = values != 0
    last = int(np.flatnonzero(right)[-1]) if weights.any() else -1
    return {
        "absolute_positions": placed(codes, values, shape),
        "gap_itself_stored": placed(np.cumsum(codes) - 1, values, shape),
        "weights_take_no_place": placed(np.cumsum(codes), values, shape),
        "filler_takes_no_place": placed(np.cumsum(codes + weights) - 1, values, shape),
        "one_place_too_far": placed(np.cumsum(codes + 1), values, shape),
        "fillers_dropped_first": placed(np.cumsum(codes[weights] + 1) - 1, values[weights], shape),
        "zeros_at_the_end_lost": right.ravel()[: last + 1],
        "shape_lost": right.ravel(),
    }


@check(points=3, depends_on="long_gaps_are_bridged_by_fillers")
@given(
    zeros=lists(integers(0, 11), min_size=1, max_size=4),
    at_the_end=integers(1, 6),
    gap_bits=sampled_from([2, 1, 3, 5]),
    rows=sampled_from([1, 2]),
)
def decoding_puts_the_weights_back(solution, zeros, at_the_end, gap_bits, rows):
    w = with_zeros_between(zeros, at_the_end)
    w = np.append(w, np.zeros(w.size % rows, np.float32)).reshape(rows, -1)
    codes, values = right_encode(w, gap_bits)
    got = solution.relative_decode(codes, values, w.shape)
    expect.equal(
        got, right_decode(codes, values, w.shape), slips=lambda: wrong_arrays(codes, values, w.shape)
    )


@check(points=1, examples=20, depends_on="decoding_puts_the_weights_back")
@given(
    w=one_of(
        arrays(ENTRIES, shape=sampled_from([(0,), (0, 3), (2, 0), (1,), (3,)])),
        arrays(ENTRIES, shape=shapes(min_dims=3, max_dims=3, max_side=3)),
    )
)
def any_shape_can_be_decoded(solution, w):
    w.flat[w.size - 1 :] = 0  # or some mistakes lead beyond the end
    codes, values = right_encode(w, 5)
    got = solution.relative_decode(codes, values, w.shape)
    expect.equal(
        got, right_decode(codes, values, w.shape), slips=lambda: wrong_arrays(codes, values, w.shape)
    )
    expect.dtype(got, "float32")


@check(points=1, examples=15)
@given(zeros=lists(integers(0, 2), min_size=1, max_size=4))
def the_given_arrays_are_not_changed(solution, zeros):
    """With gaps so short that fillers, and mistakes in them, do not matter."""
    w = with_zeros_between(zeros, 2)
    right = right_encode(w, 2)
    kept = solution.keep(w)
    codes, values = solution.keep(right[0]), solution.keep(right[1])
    fresh, back = (
        expect.pair(solution.relative_encode(kept, 2)),
        solution.relative_decode(codes, values, w.shape),
    )
    expect.shape(fresh[0], right[0].shape)  # whether it is right is for other checks to say
    expect.shape(back, w.shape)
    expect.unchanged_input(expect.pair(solution.relative_encode(kept, 2))[0], fresh[0])
    expect.unchanged_input(solution.relative_decode(codes, values, w.shape), back)


# ---------------------------------------------------------------- what it costs


def sizes(w, value_bits):
    """Bits by width."""
    return {bits: size(w, bits, value_bits) for bits in range(1, WIDEST + 1)}


def size(w, gap_bits, value_bits):
    return sparse.to_relative(w, gap_bits=gap_bits).size_bits(value_bits)


def entries_by_mistake(w, gap_bits):
    """How many are stored, where that follows from a mistake in `relative_encode`."""
    wrong = wrong_encodings(w.ravel(), gap_bits)
    of_encoding = ("filler_takes_no_place", "differences_of_positions", "gap_itself_stored")
    of_fields = ("field_one_short", "field_one_too_long", "one_filler_only", "filler_missing")
    return {key: len(wrong[key][0]) for key in (*of_encoding, *of_fields)}


@check(points=2, depends_on="long_gaps_are_bridged_by_fillers")
@given(
    zeros=lists(integers(0, 30), min_size=1, max_size=5),
    at_the_end=integers(0, 20),
    gap_bits=integers(1, 4),
    value_bits=sampled_from([4, 8, 32]),
)
def fillers_are_counted(solution, zeros, at_the_end, gap_bits, value_bits):
    w = with_zeros_between(zeros, at_the_end)
    entries, weights = len(right_encode(w, gap_bits)[0]), len(zeros)
    behind = at_the_end // 2**gap_bits
    expect.equal(
        solution.encoded_bits(w, gap_bits, value_bits),
        size(w, gap_bits, value_bits),
        slips={
            "fillers_not_counted": weights * (gap_bits + value_bits),
            "fillers_without_values": entries * gap_bits + weights * value_bits,
            "fillers_without_gaps": entries * value_bits + weights * gap_bits,
            "zeros_at_the_end_stored": (entries + behind) * (gap_bits + value_bits),
            "values_not_counted": entries * gap_bits,
            "gaps_not_counted": entries * value_bits,
            "bytes_instead_of_bits": entries * (gap_bits + value_bits) / 8,
            "zeros_take_place_too": w.size * (gap_bits + value_bits),
            **{
                key: stored * (gap_bits + value_bits)
                for key, stored in entries_by_mistake(w, gap_bits).items()
            },
        },
    )


def wrong_widths(w, value_bits):
    cost, entries = (
        sizes(w, value_bits),
        {bits: len(right_encode(w, bits)[0]) for bits in range(1, WIDEST + 1)},
    )
    least = min(cost.values())
    by_mistake = {bits: entries_by_mistake(w, bits) for bits in cost}
    longest = int(np.diff(np.flatnonzero(w), prepend=-1).max(initial=1)) - 1
    return {
        "fillers_not_counted": 1,
        **{
            key: min(cost, key=lambda bits: by_mistake[bits][key] * (bits + value_bits))
            for key in by_mistake[1]
        },
        "longest_gap_has_to_fit": min(max(longest.bit_length(), 1), WIDEST),
        "largest_of_equally_good_widths": max(bits for bits in cost if cost[bits] == least),
        "only_the_gaps_counted": min(cost, key=lambda bits: entries[bits] * bits),
        "least_bits_instead_of_width": least,
    }


@check(points=2, depends_on="fillers_are_counted")
@given(
    short=lists(sampled_from([0, 1, 2, 3, 5]), max_size=5),
    repeats=sampled_from([6, 1]),
    long=sampled_from([0, 9, 17, 40, 90]),
    value_bits=sampled_from([4, 2, 8, 32]),
)
def the_cheapest_width_is_found(solution, short, repeats, long, value_bits):
    """Many short gaps and a long one; once in a while nothing but zeros."""
    w = with_zeros_between([*short * repeats, long], 2) if short or long else np.zeros(3, np.float32)
    cost = sizes(w, value_bits)
    expect.equal(
        solution.best_gap_bits(w, value_bits),
        min(cost, key=cost.__getitem__),
        slips=lambda: wrong_widths(w, value_bits),
    )


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=6,
    depends_on=("long_gaps_are_bridged_by_fillers", "decoding_puts_the_weights_back"),
)
@given(
    seed=integers(0, 2**20),
    percent=sampled_from([0, 1, 4, 30, 100]),
    gap_bits=integers(1, 6),
    columns=sampled_from([40, 9]),
)
@with_right(relative_encode=right_encode, relative_decode=right_decode)
def larger_layers_survive_the_way_there_and_back(solution, seed, percent, gap_bits, columns):
    draw = np.random.RandomState(seed)
    w = draw.randint(1, 64, (50, columns)) * (draw.randint(0, 100, (50, columns)) < percent)
    w = (w / 4).astype(np.float32)
    codes, values = codes_and_values(solution.relative_encode(w, gap_bits))
    right, stored = right_encode(w, gap_bits)
    expect.equal(codes, right)
    expect.equal(values, stored)
    expect.equal(solution.relative_decode(codes, values, w.shape), w)
