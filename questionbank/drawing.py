"""Drawing the variants of a question: reproducible, all different, and each with distinct answers as the page shows them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import CannotDraw, DrawProblem
from questionbank.drawn_values import STORED_DIGITS, stored
from questionbank.items.numeric import Numeric
from questionbank.items.short_answer import ShortAnswer
from questionbank.items.tolerance import accepts, needs_floor
from questionbank.rendering import plain
from questionbank.typed import GapKind
from questionbank.variant import Variant

__all__ = [
    "STORED_DIGITS",
    "BoundedRandom",
    "CannotDraw",
    "Drawing",
    "Redraw",
    "coincidences",
    "draw",
    "draw_variants",
    "stored",
]

#: Draws for one variant before the question is refused.
REDRAWS = 60
#: Random numbers one variant may take; a generator whose condition cannot be met would else draw for ever.
DRAW_LIMIT = 20_000

Generator = Callable[[random.Random], Variant]


class BoundedRandom(random.Random):
    """Gives the same numbers as random.Random, and refuses after DRAW_LIMIT of them."""

    def __init__(self, seed: str) -> None:
        self._left = DRAW_LIMIT
        self.seed_text = seed
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
            raise CannotDraw("without_end", limit=DRAW_LIMIT, seed=self.seed_text)


@dataclass(frozen=True)
class Redraw:
    """One drawing that was not kept. Both numbers from 1."""

    variant: int
    draw: int
    why: DrawProblem

    def to_json(self) -> dict[str, Any]:
        return {"variant": self.variant, "draw": self.draw, "why": self.why.to_json()}


@dataclass(frozen=True)
class Drawing:
    variants: tuple[Variant, ...]
    redraws: tuple[Redraw, ...] = ()


def draw_variants(
    question: QuestionDefinition, generator: Generator | None, count: int, seed: str
) -> tuple[Variant, ...]:
    """`count` different variants; the same for the same seed. Without a generator: the one empty variant.

    Raises CannotDraw. Whatever the generator itself raises passes through.
    """
    return draw(question, generator, count, seed).variants


def draw(
    question: QuestionDefinition,
    generator: Generator | None,
    count: int,
    seed: str,
    *,
    limit_s: float | None = None,
) -> Drawing:
    """As draw_variants, and what was drawn in vain. `limit_s`: seconds after which no further drawing begins."""
    if generator is None:
        return Drawing((Variant(),))
    drawn: list[Variant] = []
    redraws: list[Redraw] = []
    timed = generator if limit_s is None else _timed(generator, limit_s)
    for number in range(count):
        taken = {variant.as_text for variant in drawn}
        drawn.append(_draw_one(question, timed, f"{seed}/{number}", taken, number + 1, redraws))
    return Drawing(tuple(drawn), tuple(redraws))


def _timed(generator: Generator, limit_s: float) -> Generator:
    until = time.monotonic() + limit_s

    def generate(source: random.Random) -> Variant:
        if time.monotonic() > until:
            raise CannotDraw("too_long", limit_s=limit_s)
        return generator(source)

    return generate


def _draw_one(
    question: QuestionDefinition,
    generator: Generator,
    seed: str,
    taken: set[str],
    number: int,
    redraws: list[Redraw],
) -> Variant:
    source = BoundedRandom(seed)
    for attempt in range(1, REDRAWS + 1):
        variant = stored(generator(source))
        refuse_incomplete(question, variant)
        fault = (
            DrawProblem("taken") if variant.as_text in taken else next(coincidences(question, variant), None)
        )
        if fault is None:
            return variant
        redraws.append(Redraw(number, attempt, fault))
    raise CannotDraw("no_variant", because=redraws[-1].why, draws=REDRAWS)


def refuse_incomplete(question: QuestionDefinition, variant: Variant) -> None:
    """What a redraw cannot mend: the generator and the question disagree about names."""
    if question.type == "numeric":
        if variant.key is None:
            raise CannotDraw("no_key")
        if set(variant.slips) != set(question.slips):
            raise CannotDraw("other_slips", wanted=_listed(question.slips), got=_listed(variant.slips))
    for gap in question.gaps:
        if gap.kind == GapKind.NUMBER and gap.key is None and not _is_number(variant.options.get(gap.id)):
            raise CannotDraw("no_gap_number", gap=gap.id)
    if (
        question.program
        and question.program.output is None
        and not isinstance(variant.options.get("output"), str)
    ):
        raise CannotDraw("no_output")
    known = {option.id for option in question.options} | {gap.id for gap in question.gaps}
    strange = set(variant.options) - known - ({"output"} if question.program else set())
    if strange:
        raise CannotDraw("unknown_options", options=_listed(strange))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(names: Any) -> str:
    return f"[{', '.join(sorted(names))}]"


def coincidences(question: QuestionDefinition, variant: Variant) -> Iterator[DrawProblem]:
    """Why a learner could not tell two answers of this variant apart, in any language."""
    if question.type == "numeric":
        yield from _numeric_coincidences(question, variant)
        return
    if question.type == "short_answer":
        yield from _wording_coincidences(question, variant)
    for language, text in question.texts.items():
        for gap in text.gaps.values():
            yield from _choice_coincidences(gap.choices, language, variant)
        seen: dict[str, str] = {}
        for option, written in text.options.items():
            shown = plain(written.text, language, variant)
            if shown in seen:
                yield _alike("options_alike", seen[shown], option, shown, language)
            seen.setdefault(shown, option)
        yield from _choice_coincidences(text.choices, language, variant)


def _wording_coincidences(question: QuestionDefinition, variant: Variant) -> Iterator[DrawProblem]:
    """A wording of one answer, or of a mistake, that is taken for another; typos included."""
    item = ShortAnswer(question, variant)
    for answer in item.fractions:
        for wording in item.wordings(answer):
            taken = item.recognised(wording)
            if taken not in (answer, None):
                yield DrawProblem("wordings_alike", {"first": answer, "second": str(taken), "shown": wording})


def _choice_coincidences(
    choices: Mapping[str, str], language: str, variant: Variant
) -> Iterator[DrawProblem]:
    seen: dict[str, str] = {}
    for choice, written in choices.items():
        shown = plain(written, language, variant)
        if shown in seen:
            yield _alike("choices_alike", seen[shown], choice, shown, language)
        seen.setdefault(shown, choice)


def _alike(key: str, first: str, second: str, shown: str, language: str) -> DrawProblem:
    return DrawProblem(key, {"first": first, "second": second, "shown": shown, "language": language})


def _numeric_coincidences(question: QuestionDefinition, variant: Variant) -> Iterator[DrawProblem]:
    item = Numeric(question, variant)
    if needs_floor(item.tolerance, item.key):
        yield DrawProblem("zero_key")
    values = list(item.slips.items())
    for slip, value in values:
        if accepts(item.tolerance, item.key, value):
            yield DrawProblem("slip_counts_as_right", {"slip": slip})
    for position, (slip, value) in enumerate(values):
        for other, also in values[:position]:
            if value == also:
                yield DrawProblem("slips_alike", {"first": other, "second": slip})
