"""Drawing the variants of a question: reproducible, all different, and each with distinct answers as the page shows them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.items.numeric import Numeric
from questionbank.items.tolerance import accepts, needs_floor
from questionbank.rendering import plain
from questionbank.variant import Variant

if TYPE_CHECKING:  # only a name: whoever reads questions has no need of the generators
    from questionbank.generators.registry import Generator

#: Draws for one variant before the question is refused.
REDRAWS = 60
#: Stored numbers keep this many digits, so that another machine's last bit makes no new version.
STORED_DIGITS = 12


#: Random numbers one variant may take; a generator whose condition cannot be met would else draw for ever.
DRAW_LIMIT = 20_000


class CannotDraw(ValueError):
    """The author's turn: the generator gives no acceptable set of variants."""


class BoundedRandom(random.Random):
    """Gives the same numbers as random.Random, and refuses after DRAW_LIMIT of them."""

    def __init__(self, seed: str) -> None:
        self._left = DRAW_LIMIT
        self._seed = seed
        super().__init__(seed)

    def random(self) -> float:
        self._count()
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        self._count()
        return super().getrandbits(k)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise CannotDraw(
                f"the generator drew {DRAW_LIMIT} random numbers for one variant: its condition is never or hardly "
                f"ever met (seed {self._seed}); loosen it or draw from values that meet it"
            )


def draw_variants(
    question: QuestionDefinition, generator: Generator | None, count: int, seed: str
) -> tuple[Variant, ...]:
    """`count` different variants; the same for the same seed. Without a generator: the one empty variant.

    Raises CannotDraw. Whatever the generator itself raises passes through.
    """
    if generator is None:
        return (Variant(),)
    drawn: list[Variant] = []
    for number in range(count):
        drawn.append(
            _draw_one(question, generator, f"{seed}/{number}", {variant.as_text for variant in drawn})
        )
    return tuple(drawn)


def _draw_one(question: QuestionDefinition, generator: Generator, seed: str, taken: set[str]) -> Variant:
    draw = BoundedRandom(seed)
    fault = ""
    for _ in range(REDRAWS):
        variant = stored(generator(draw))
        refuse_incomplete(question, variant)
        fault = (
            "it was drawn before" if variant.as_text in taken else next(coincidences(question, variant), "")
        )
        if not fault:
            return variant
    raise CannotDraw(
        f"{question.id}: no acceptable variant in {REDRAWS} draws; of the last one: {fault}. "
        f"Widen what the generator draws from, or ask for fewer variants"
    )


def refuse_incomplete(question: QuestionDefinition, variant: Variant) -> None:
    """What a redraw cannot mend: the generator and the question disagree about names."""
    if question.type == "numeric":
        if variant.key is None:
            raise CannotDraw(f"{question.id}: the generator returned no key; set Variant(key=…)")
        if set(variant.slips) != set(question.slips):
            raise CannotDraw(
                f"{question.id}: the question names the slips {sorted(question.slips)}, "
                f"the generator returned {sorted(variant.slips)}; make them equal"
            )
    strange = set(variant.options) - {option.id for option in question.options}
    if strange:
        raise CannotDraw(f"{question.id}: the generator returned unknown options {sorted(strange)}")


def coincidences(question: QuestionDefinition, variant: Variant) -> Iterator[str]:
    """Why a learner could not tell two answers of this variant apart, in any language."""
    if question.type == "numeric":
        yield from _numeric_coincidences(question, variant)
        return
    for language, text in question.texts.items():
        seen: dict[str, str] = {}
        for option, written in text.options.items():
            shown = plain(written.text, language, variant)
            if shown in seen:
                yield f"options {seen[shown]} and {option} both read “{shown}” ({language})"
            seen.setdefault(shown, option)
        yield from _choice_coincidences(text, language, variant)


def _choice_coincidences(text: QuestionText, language: str, variant: Variant) -> Iterator[str]:
    seen: dict[str, str] = {}
    for choice, written in text.choices.items():
        shown = plain(written, language, variant)
        if shown in seen:
            yield f"choices {seen[shown]} and {choice} both read “{shown}” ({language})"
        seen.setdefault(shown, choice)


def _numeric_coincidences(question: QuestionDefinition, variant: Variant) -> Iterator[str]:
    item = Numeric(question, variant)
    if needs_floor(item.tolerance, item.key):
        yield "the key is zero and the tolerance is a share of it (give the tolerance a floor)"
    values = list(item.slips.items())
    for slip, value in values:
        if accepts(item.tolerance, item.key, value):
            yield f"the wrong value of slip {slip} counts as right"
    for position, (slip, value) in enumerate(values):
        for other, also in values[:position]:
            if value == also:
                yield f"slips {other} and {slip} give the same value"


def stored(variant: Variant) -> Variant:
    """The variant as it is kept: plain JSON numbers, rounded to twelve digits."""
    return Variant(
        params=_stored_values(variant.params),
        options=_stored_values(variant.options),
        key=None if variant.key is None else _stored(variant.key),
        slips=_stored_values(variant.slips),
    )


def _stored_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _stored(value) for name, value in values.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, list | tuple):
        return [_stored(member) for member in value]
    if hasattr(value, "tolist"):  # a number or an array of numpy
        return _stored(value.tolist())
    if isinstance(value, int):
        return value
    number = float(value)
    if not math.isfinite(number):
        raise CannotDraw(f"the generator returned {number}; draw so that every value is finite")
    return float(f"{number:.{STORED_DIGITS}g}")
