"""What holds for every generator, whatever it draws."""

import math
from collections.abc import Iterator
from random import Random

import pytest

from questionbank.generators import Variant, all_generators

DRAWS = 40


def draws(name: str) -> Iterator[Variant]:
    return (all_generators()[name](Random(seed)) for seed in range(DRAWS))


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_the_same_draw_gives_the_same_numbers(name: str) -> None:
    generate = all_generators()[name]
    assert [generate(Random(seed)) for seed in range(5)] == [generate(Random(seed)) for seed in range(5)]


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_different_draws_give_different_numbers(name: str) -> None:
    assert len({variant.as_text for variant in draws(name)}) >= 7


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_a_variant_has_a_key_or_options_and_known_wrong_values_besides(name: str) -> None:
    for variant in draws(name):
        if variant.key is None:
            assert len(variant.options) >= 3
            assert not variant.slips
        else:
            assert not variant.options
            assert variant.slips


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_every_value_is_a_finite_plain_number(name: str) -> None:
    for variant in draws(name):
        keys = [] if variant.key is None else [variant.key]
        for value in [*variant.params.values(), *variant.options.values(), *variant.slips.values(), *keys]:
            assert isinstance(value, int | float)
            assert type(value) in (int, float), f"{type(value)} is not a plain number"
            assert math.isfinite(value)


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_numbers_in_a_stem_are_short_enough_to_read(name: str) -> None:
    for variant in draws(name):
        for parameter, value in variant.params.items():
            assert isinstance(value, int | float)
            assert value == round(value, 4), f"{parameter} = {value}"
