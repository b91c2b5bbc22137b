"""What holds for every generator, whatever it draws."""

import math
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from django.conf import settings

from questionbank.bank import read_bank
from questionbank.definition import QuestionDefinition
from questionbank.generators import Variant, all_generators

DRAWS = 40


def draws(name: str) -> Iterator[Variant]:
    return (all_generators()[name](Random(seed)) for seed in range(DRAWS))


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_the_same_draw_gives_the_same_numbers(name: str) -> None:
    generate = all_generators()[name]
    assert [generate(Random(seed)) for seed in range(5)] == [generate(Random(seed)) for seed in range(5)]


def flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield from flat(value) if isinstance(value, list) else [value]


@cache
def questions() -> list[QuestionDefinition]:
    return [each.definition for each in read_bank(settings.QUESTIONS_DIR).questions]


def types_that_use(name: str) -> set[str]:
    return {question.type for question in questions() if question.generator == name}


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_different_draws_give_different_numbers(name: str) -> None:
    assert len({variant.as_text for variant in draws(name)}) >= 7


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_a_variant_has_a_key_or_options_and_known_wrong_values_besides(name: str) -> None:
    types = types_that_use(name)
    for variant in draws(name):
        if "single_choice" in types:
            assert len(variant.options) >= 3
        if "numeric" in types:
            assert variant.key is not None
            assert variant.slips
        if variant.key is None:
            assert not variant.slips
        else:
            assert not variant.options


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_every_value_is_a_finite_plain_number(name: str) -> None:
    for variant in draws(name):
        keys = [] if variant.key is None else [variant.key]
        for value in flat(
            [*variant.params.values(), *variant.options.values(), *variant.slips.values(), *keys]
        ):
            # what a program prints, or a code of bits, is a text
            assert type(value) in (int, float, str), f"{type(value)} is not a plain number"
            assert isinstance(value, str) or math.isfinite(value)


@pytest.mark.parametrize("name", sorted(all_generators()))
def test_numbers_in_a_stem_are_short_enough_to_read(name: str) -> None:
    for variant in draws(name):
        for parameter, written in variant.params.items():
            for value in flat([written]):
                assert isinstance(value, str) or value == round(value, 4), f"{parameter} = {value}"
