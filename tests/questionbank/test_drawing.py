import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.definition import ToleranceDefinition
from questionbank.drawing import BoundedRandom, CannotDraw, coincidences, draw_variants
from questionbank.variant import Variant
from tests.questionbank.samples import numeric, single_choice

Generator = Callable[[random.Random], Variant]


def scales(draw: random.Random) -> Variant:
    lo, hi = -draw.randrange(10, 100), draw.randrange(10, 100)
    return Variant({"lo": lo, "hi": hi}, {"steps": (hi - lo) / 255, "levels": (hi - lo) / 256})


def close_scales(draw: random.Random) -> Variant:
    """Below a width of 13 both answers read the same with four decimals."""
    width = draw.choice([1, 2, 100, 120, 140, 160, 180])
    return Variant({"lo": 0, "hi": width}, {"steps": width / 255, "levels": width / 256})


@settings(max_examples=25)
@given(seed=st.text(max_size=10), count=st.integers(1, 12))
def test_the_same_seed_draws_the_same_different_variants(seed: str, count: int) -> None:
    drawn = draw_variants(single_choice(), scales, count, seed)
    assert drawn == draw_variants(single_choice(), scales, count, seed)
    assert len({variant.as_text for variant in drawn}) == count


@settings(max_examples=25)
@given(seed=st.text(max_size=10))
def test_one_more_variant_changes_none_of_the_others(seed: str) -> None:
    assert draw_variants(single_choice(), scales, 5, seed)[:4] == draw_variants(
        single_choice(), scales, 4, seed
    )


@settings(max_examples=25)
@given(seed=st.text(max_size=10))
def test_variants_whose_answers_read_alike_are_drawn_again(seed: str) -> None:
    drawn = draw_variants(single_choice(), close_scales, 4, seed)
    assert {variant.params["hi"] for variant in drawn} <= {100, 120, 140, 160, 180}
    assert not any(list(coincidences(single_choice(), variant)) for variant in drawn)


def test_too_few_different_variants_are_refused_with_advice() -> None:
    with pytest.raises(CannotDraw, match=r"drawn before.*ask for fewer variants"):
        draw_variants(single_choice(), close_scales, 6, "seed")


def test_answers_that_always_coincide_are_refused() -> None:
    def same(draw: random.Random) -> Variant:
        return Variant({"lo": 0, "hi": draw.random()}, {"steps": 1.00001, "levels": 1.00002})

    with pytest.raises(CannotDraw, match="steps and levels both read"):
        draw_variants(single_choice(), same, 1, "seed")


def test_answers_that_coincide_in_one_language_only_are_refused() -> None:
    question = single_choice()
    texts = dict(question.texts)
    options = {
        **texts["pt-br"].options,
        "levels": replace(texts["pt-br"].options["levels"], text="Nenhuma destas"),
    }
    texts["pt-br"] = replace(texts["pt-br"], options=options)
    with pytest.raises(CannotDraw, match="pt-br"):
        draw_variants(replace(question, texts=texts), scales, 1, "seed")


def one_value(key: float, slip: float) -> Generator:
    return lambda draw: Variant(key=key, slips={"no_codebook": slip})


@pytest.mark.parametrize(
    ("generator", "problem"),
    [
        (one_value(3.5, 3.505), "counts as right"),
        (lambda draw: Variant(key=3.5), "make them equal"),
        (lambda draw: Variant(slips={"no_codebook": 1}), "no key"),
        (lambda draw: Variant(key=float("nan"), slips={"no_codebook": 1}), "finite"),
    ],
)
def test_a_number_without_a_usable_key_is_refused(generator: Generator, problem: str) -> None:
    with pytest.raises(CannotDraw, match=problem):
        draw_variants(numeric(), generator, 1, "seed")


def test_a_zero_key_with_a_relative_tolerance_is_refused() -> None:
    question = numeric(tolerance=ToleranceDefinition("relative", 0.01))
    with pytest.raises(CannotDraw, match="floor"):
        draw_variants(question, one_value(0, 1), 1, "seed")


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(CannotDraw, match=r"unknown options.*spets"):
        draw_variants(single_choice(), lambda draw: Variant(options={"spets": 1}), 1, "seed")


def test_a_generator_without_end_is_stopped() -> None:
    def never(draw: random.Random) -> Variant:
        while draw.random() < 2:
            pass
        raise AssertionError

    with pytest.raises(CannotDraw, match="never or hardly"):
        draw_variants(single_choice(), never, 1, "seed")


@given(seed=st.text(max_size=10))
def test_the_counting_generator_draws_what_the_standard_one_draws(seed: str) -> None:
    bounded, plain = BoundedRandom(seed), random.Random(seed)
    drawn = [
        (d.random(), d.randrange(7), d.choice("abc"), d.sample(range(9), 3), d.gauss())
        for d in (bounded, plain)
    ]
    assert drawn[0] == drawn[1]


def test_numbers_of_numpy_are_stored_as_plain_ones() -> None:
    def arrays(draw: random.Random) -> Variant:
        params: dict[str, Any] = {"lo": np.int8(-3), "hi": np.array([1, 2]), "third": 1 / 3}
        options: dict[str, Any] = {"steps": np.float32(0.5), "levels": 0.25}
        return Variant(params, options)

    (variant,) = draw_variants(single_choice(), arrays, 1, "seed")
    assert variant.params == {"lo": -3, "hi": [1, 2], "third": 0.333333333333}
    assert type(variant.params["lo"]) is int
    assert variant.options == {"steps": 0.5, "levels": 0.25}


def test_a_question_without_generator_has_one_empty_variant() -> None:
    assert draw_variants(single_choice(generator=None), None, 1, "seed") == (Variant(),)
