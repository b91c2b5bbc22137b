from collections.abc import Callable
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.entropy_coding import range_coder, rans
from reference_impl.entropy_coding.entropy import cross_entropy, entropy
from reference_impl.entropy_coding.models import AdaptiveModel, Model, StaticModel, scaled
from reference_impl.errors import CorruptData, EmptyInput, OutOfRange

rows = st.lists(st.integers(0, 5), max_size=200)
models: dict[str, Callable[[], Model]] = {
    "static": lambda: StaticModel([50, 1, 1, 10, 30, 8]),
    "fine static": lambda: StaticModel([1000, 1, 1, 1, 1, 1], precision=16),
    "adaptive": lambda: AdaptiveModel(6),
    "forgetful": lambda: AdaptiveModel(6, step=5, most=40),
}


def skewed(count: int, symbols: int = 16) -> list[int]:
    share = 0.4 ** np.arange(symbols)
    draws = np.random.default_rng(5).choice(symbols, count, p=share / share.sum())
    return list(draws.tolist())


@pytest.mark.parametrize("name", models)
@given(row=rows)
def test_the_range_coder_gives_back_what_it_was_given(name: str, row: list[int]) -> None:
    assert range_coder.decode(range_coder.encode(row, models[name]()), models[name](), len(row)) == row


@given(
    row=rows, weights=st.lists(st.integers(1, 10**6), min_size=6, max_size=6), precision=st.integers(3, 16)
)
def test_rans_gives_back_what_it_was_given(row: list[int], weights: list[int], precision: int) -> None:
    model = StaticModel(weights, precision=precision)
    assert rans.decode(rans.encode(row, model), model, len(row)) == row


def test_a_carry_runs_through_full_bytes() -> None:
    # Nearly always the last interval: low stays close below a carry for long.
    model = [1, 2**16 - 1]
    for ones in range(0, 3000, 7):
        row = [1] * ones + [0, 1, 0, 1, 1]
        coded = range_coder.encode(row, StaticModel(model, precision=16))
        assert range_coder.decode(coded, StaticModel(model, precision=16), len(row)) == row


@pytest.mark.parametrize("precision", [12, 16])
def test_sizes_are_the_cross_entropy_and_the_flush(precision: int) -> None:
    row = skewed(20_000)
    counts = np.bincount(row).tolist()
    model = StaticModel(counts, precision=precision)
    ideal_bytes = cross_entropy(counts, model.widths) * len(row) / 8
    assert ideal_bytes <= len(range_coder.encode(row, model)) <= ideal_bytes * 1.005 + 5
    assert ideal_bytes - 1 <= len(rans.encode(row, model)) <= ideal_bytes * 1.005 + 5
    assert cross_entropy(counts, model.widths) < entropy(counts) + 0.01


def test_without_any_table_the_adaptive_model_comes_within_two_per_cent_of_the_entropy() -> None:
    row = skewed(20_000)
    coded = range_coder.encode(row, AdaptiveModel(16))
    assert len(coded) * 8 < 1.02 * entropy(np.bincount(row)) * len(row)


def test_where_frequencies_change_an_adaptive_model_beats_the_entropy_of_all_symbols() -> None:
    row = [0, 0, 0, 1] * 1000 + [3, 3, 3, 2] * 1000
    coded = range_coder.encode(row, AdaptiveModel(4, step=32, most=4096))
    assert len(coded) * 8 < 0.75 * entropy(np.bincount(row)) * len(row)


def test_a_symbol_of_probability_one_is_free() -> None:
    assert len(range_coder.encode([2] * 10_000, StaticModel([0, 0, 1]))) == 4
    assert len(rans.encode([2] * 10_000, StaticModel([0, 0, 1]))) == 4


@given(
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(any), precision=st.integers(6, 16)
)
def test_scaled_frequencies_add_up_and_lose_no_symbol(weights: list[int], precision: int) -> None:
    widths = scaled(weights, precision=precision)
    assert sum(widths) == 2**precision
    assert [width > 0 for width in widths] == [weight > 0 for weight in weights]


@given(row=rows, most=st.integers(40, 300))
def test_counts_stay_within_the_limit_and_above_zero(row: list[int], most: int) -> None:
    model = AdaptiveModel(6, step=9, most=most)
    for symbol in row:
        model.learn(symbol)
        assert model.total == sum(model.counts) <= most
        assert min(model.counts) >= 1
        start, width = model.interval(symbol)
        assert model.symbol_at(start) == model.symbol_at(start + width - 1) == symbol


@given(row=rows.filter(bool), cut=st.integers(0, 100))
def test_data_cut_off_are_noticed(row: list[int], cut: int) -> None:
    model = StaticModel([50, 1, 1, 10, 30, 8])
    for coded, decode in (
        (range_coder.encode(row, model), range_coder.decode),
        (rans.encode(row, model), rans.decode),
    ):
        with pytest.raises(CorruptData):
            decode(coded[: cut % len(coded)], model, len(row))
        with pytest.raises(CorruptData):
            decode(coded + b"\1", model, len(row))


@given(noise=st.binary(max_size=60), count=st.integers(0, 100))
def test_noise_is_refused_or_gives_symbols_of_the_alphabet(noise: bytes, count: int) -> None:
    for decode in (range_coder.decode, rans.decode):
        try:
            symbols = decode(noise, StaticModel([5, 0, 3]), count)
        except CorruptData:
            continue
        assert len(symbols) == count
        assert set(symbols) <= {0, 2}


edits = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6)


def damaged(coded: bytes, changes: list[tuple[int, int]], cut: int, more: bytes) -> bytes:
    data = bytearray(coded)
    for at, value in changes:
        data[at % len(data)] = value
    return bytes(data[: len(data) - cut]) + more


@pytest.mark.parametrize("name", models)
@given(row=rows, changes=edits, cut=st.integers(0, 5), more=st.binary(max_size=3))
def test_what_the_range_decoder_takes_the_encoder_writes(
    name: str, row: list[int], changes: list[tuple[int, int]], cut: int, more: bytes
) -> None:
    data = damaged(range_coder.encode(row, models[name]()), changes, cut, more)
    try:
        symbols = range_coder.decode(data, models[name](), len(row))
    except CorruptData:
        return
    assert range_coder.encode(symbols, models[name]()) == data


@given(
    row=rows,
    weights=st.lists(st.integers(1, 10**6), min_size=6, max_size=6),
    precision=st.integers(3, 16),
    changes=edits,
    cut=st.integers(0, 5),
    more=st.binary(max_size=3),
)
def test_what_the_rans_decoder_takes_the_encoder_writes(
    row: list[int],
    weights: list[int],
    precision: int,
    changes: list[tuple[int, int]],
    cut: int,
    more: bytes,
) -> None:
    model = StaticModel(weights, precision=precision)
    data = damaged(rans.encode(row, model), changes, cut, more)
    try:
        symbols = rans.decode(data, model, len(row))
    except CorruptData:
        return
    assert rans.encode(symbols, model) == data


@given(noise=st.binary(min_size=4, max_size=60))
def test_a_number_of_symbols_that_the_bytes_cannot_hold_takes_neither_time_nor_memory(noise: bytes) -> None:
    for decode in (range_coder.decode, rans.decode):
        with pytest.raises(CorruptData):
            decode(noise, StaticModel([1, 1]), 10**15)


@given(row=rows, symbols=st.integers(6, 40), step=st.integers(1, 60))
def test_an_adaptive_code_is_as_long_as_its_model_says(row: list[int], symbols: int, step: int) -> None:
    """The sum of -log2 p, each p as it was before its symbol, within the flush and what division by the total loses."""
    model, ideal_bits = AdaptiveModel(symbols, step=step, most=2**12), 0.0
    for symbol in row:
        ideal_bits -= log2(model.counts[symbol] / model.total)
        model.learn(symbol)

    coded_bits = 8 * len(range_coder.encode(row, AdaptiveModel(symbols, step=step, most=2**12)))

    assert ideal_bits <= coded_bits <= ideal_bits + 8 * range_coder.FLUSH_BYTES + 2


def test_a_value_outside_every_interval_is_noticed() -> None:
    """Dividing the range by the total leaves a rest that no symbol has."""
    with pytest.raises(CorruptData, match="outside every"):
        range_coder.decode(b"\xff" * 4, StaticModel([5, 0, 3]), 1)


@pytest.mark.parametrize("symbol", [-1, 1, 3])
def test_impossible_symbols_are_refused(symbol: int) -> None:
    model = StaticModel([5, 0, 3])
    with pytest.raises(OutOfRange):
        range_coder.encode([0, symbol], model)
    with pytest.raises(OutOfRange):
        rans.encode([0, symbol], model)


def test_models_that_cannot_be_are_refused() -> None:
    with pytest.raises(OutOfRange):
        StaticModel([1] * 5, precision=2)
    with pytest.raises(OutOfRange):
        StaticModel([1], precision=17)
    with pytest.raises(EmptyInput):
        StaticModel([0])
    with pytest.raises(OutOfRange):
        AdaptiveModel(0)
    with pytest.raises(OutOfRange):
        AdaptiveModel(100, most=100)
