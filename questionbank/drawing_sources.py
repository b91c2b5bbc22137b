"""Where the numbers of a question come from: a built-in generator, declared parameters, or an author's own program."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import CannotDraw, DrawProblem
from questionbank.drawing import BoundedRandom, Generator
from questionbank.drawn_values import variant_from
from questionbank.parameters import BadDeclaration, CannotCompute, Declaration
from questionbank.variant import Variant

#: Runs an author's program where it can do nothing but compute: (source, seed, variant, draw), both numbers from 1, to
#: {"value": …} as it was returned, or {"problem": a DrawProblem as JSON}.
RunSource = Callable[[str, str, int, int], Mapping[str, Any]]


def generator_of(
    question: QuestionDefinition, built_in: Callable[[], Mapping[str, Generator]], run: RunSource
) -> Generator | None:
    """None: the question draws nothing. CannotDraw: it names what does not exist."""
    if question.generator:
        return _built_in(question.generator, built_in())
    if question.generator_source:
        return _OwnProgram(question.generator_source, run)
    return _declared(question.parameters) if question.parameters else None


def _built_in(name: str, known: Mapping[str, Generator]) -> Generator:
    if name not in known:
        raise CannotDraw("unknown_generator", name=name, known=", ".join(sorted(known)))

    def generate(draw: random.Random) -> Variant:
        try:
            return known[name](draw)
        except CannotDraw:
            raise
        except Exception as error:  # somebody's code, which must not hide what else is to be said
            raise CannotDraw("built_in_failed", name=name, error=repr(error)) from error

    return generate


def _declared(parameters: Mapping[str, Any]) -> Generator:
    try:
        declaration = Declaration.read(parameters)
    except BadDeclaration as bad:
        raise CannotDraw("declaration", error=str(bad)) from None

    def generate(draw: random.Random) -> Variant:
        try:
            return declaration(draw)
        except CannotCompute as problem:
            raise CannotDraw("formula", error=str(problem)) from None

    return generate


class _OwnProgram:
    """Each draw has a seed of its own, so that what a draw gives depends on nothing that was drawn before it."""

    def __init__(self, source: str, run: RunSource) -> None:
        self._source, self._run = source, run
        self._seed = ""
        self._variant = self._draw = 0

    def __call__(self, draw: random.Random) -> Variant:
        assert isinstance(draw, BoundedRandom)
        if draw.seed_text != self._seed:
            self._seed, self._draw, self._variant = draw.seed_text, 0, self._variant + 1
        self._draw += 1
        answer = self._run(self._source, f"{self._seed}/{self._draw}", self._variant, self._draw)
        if "problem" in answer:
            raise CannotDraw.of(DrawProblem.from_json(answer["problem"]))
        return variant_from(answer["value"])
