"""The sample questions as items, bound to their values."""

from questionbank.items import Item, ParseProblem, Response, bind
from questionbank.typed import DigitsDefinition, UnitsDefinition
from questionbank.variant import Variant
from tests.questionbank.samples.choice import SCALE_VARIANT, multiple_choice, single_choice
from tests.questionbank.samples.marked import code, free_text
from tests.questionbank.samples.pictures import HOTSPOT_VARIANT, hotspot
from tests.questionbank.samples.rows import matching, ordering, true_false
from tests.questionbank.samples.typed import (
    CODE_VARIANT,
    GAPS_VARIANT,
    RATIO_VARIANT,
    code_reading,
    gaps,
    numeric,
    short_answer,
)


def sample_items() -> list[Item]:
    return [
        bind(single_choice(), SCALE_VARIANT, "salt"),
        bind(multiple_choice(), Variant(), "salt"),
        bind(numeric(), RATIO_VARIANT, "salt"),
        bind(true_false(), Variant(), "salt"),
        bind(matching(), Variant(), "salt"),
        bind(ordering(), Variant(), "salt"),
        bind(free_text(), Variant(), "salt"),
        bind(code(), Variant(), "salt"),
        bind(short_answer(), Variant(), "salt"),
        bind(gaps(), GAPS_VARIANT, "salt"),
        bind(code_reading(), CODE_VARIANT, "salt"),
        bind(hotspot(), HOTSPOT_VARIANT, "salt"),
        bind(numeric(units=UnitsDefinition({"B": 8, "kB": 8000}, required=True)), RATIO_VARIANT, "salt"),
        bind(numeric(digits=DigitsDefinition(3, 5)), RATIO_VARIANT, "salt"),
    ]


def read_answer(item: Item, typed: str, *, language: str = "en") -> Response | None:
    """The response to what was typed, where it can be read."""
    response = item.parse({"answer": typed}, language=language)
    assert not isinstance(response, ParseProblem), response
    return response
