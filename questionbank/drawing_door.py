"""Drawing for a worker, which knows nothing of questions: plain values in, plain values out.

`grader.draw_worker` loads this module by its name and hands in the means to run an author's program in the sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from questionbank.definition import QuestionDefinition
from questionbank.draw_problem import CannotDraw
from questionbank.drawing import Drawing, Generator, draw
from questionbank.drawing_sources import RunSource, generator_of

#: Seconds of one question in all; a worker's message may take longer.
LIMIT_S = 60.0


def draw_here(question: Mapping[str, Any], seed: str, run: RunSource) -> dict[str, Any]:
    """{"variants": […], "redraws": […]} or {"problem": {…}}, the author's turn. Whatever `run` raises passes through."""
    definition = QuestionDefinition.from_json(question)
    try:
        generator = generator_of(definition, _built_in, run)
        drawn = draw(definition, generator, definition.variant_count, seed, limit_s=LIMIT_S)
    except CannotDraw as cannot:
        return {"problem": cannot.problem.to_json()}
    return as_json(drawn)


def as_json(drawn: Drawing) -> dict[str, Any]:
    return {
        "variants": [variant.to_json() for variant in drawn.variants],
        "redraws": [redraw.to_json() for redraw in drawn.redraws],
    }


@cache
def _built_in() -> Mapping[str, Generator]:
    """Imports the reference library; a worker that draws none of these never does."""
    from questionbank.generators import all_generators

    return all_generators()
