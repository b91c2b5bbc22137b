"""Bit allocation against every allocation there is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.errors import EmptyInput, NotFinite, OutOfRange
from reference_impl.quantization.bit_allocation import Layer, allocate_bits

losses = st.dictionaries(st.sampled_from([2, 3, 4, 6, 8]), st.integers(0, 50), min_size=1, max_size=4)
layers = st.lists(st.builds(Layer, st.integers(0, 30), losses), min_size=1, max_size=6)


def every_way(network: list[Layer]) -> list[tuple[float, int]]:
    return [
        (
            sum(layer.loss[b] for layer, b in zip(network, bits, strict=True)),
            sum(layer.weights * b for layer, b in zip(network, bits, strict=True)),
        )
        for bits in product(*(layer.loss for layer in network))
    ]


@given(layers, st.integers(0, 1000))
def test_it_is_the_best_of_all_within_the_budget(network: list[Layer], budget: int) -> None:
    within = [way for way in every_way(network) if way[1] <= budget]
    if not within:
        with pytest.raises(OutOfRange, match="budget"):
            allocate_bits(network, budget)
        return

    found = allocate_bits(network, budget)

    assert (found.loss, found.size_bits) == min(within)
    assert found.loss == sum(layer.loss[b] for layer, b in zip(network, found.bits, strict=True))
    assert found.size_bits == sum(layer.weights * b for layer, b in zip(network, found.bits, strict=True))


@given(layers, st.integers(0, 500), st.integers(0, 500))
def test_a_larger_budget_never_loses_more(network: list[Layer], budget: int, more: int) -> None:
    least = sum(layer.weights * min(layer.loss) for layer in network)

    assert allocate_bits(network, least + budget + more).loss <= allocate_bits(network, least + budget).loss


def test_the_sensitive_layer_gets_the_bits_even_when_it_is_the_larger() -> None:
    network = [Layer(100, {4: 9.0, 8: 0.0}), Layer(50, {4: 1.0, 8: 0.0})]

    assert allocate_bits(network, 1000) == ((8, 4), 1000, 1.0)


def test_greed_by_gain_per_bit_would_lose_here() -> None:
    # 10 per 6 bits tempts first and leaves no room for the two that together gain 12 with 8 bits
    network = [Layer(3, {0: 10.0, 2: 0.0}), Layer(2, {0: 6.0, 2: 0.0}), Layer(2, {0: 6.0, 2: 0.0})]

    assert allocate_bits(network, 8) == ((0, 2, 2), 8, 10.0)


def test_sixty_layers_are_solved_exactly() -> None:
    network = [Layer(1000, {2: 9.0, 4: 3.0, 8: 0.0})] * 60

    # from 2 to 4 bits 6 are gained for 2 bits, from 4 to 8 only 3 for 4: everybody gets 4 first
    assert allocate_bits(network, 60 * 4000 + 10 * 4000).loss == 50 * 3.0


def test_what_cannot_be_allocated_is_refused() -> None:
    with pytest.raises(EmptyInput):
        allocate_bits([], 10)
    with pytest.raises(EmptyInput):
        Layer(1, {})
    with pytest.raises(NotFinite):
        Layer(1, {8: float("nan")})
    for weights, bits in ((-1, 8), (1, -8)):
        with pytest.raises(OutOfRange):
            Layer(weights, {bits: 0.0})
