"""The kinds of drawings by their name in question files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from questionbank.drawings.bars import draw_bars
from questionbank.drawings.curve import draw_curve
from questionbank.drawings.histogram import draw_histogram
from questionbank.drawings.matrix import draw_matrix
from questionbank.drawings.numbers import DrawingProblem, Numbers
from questionbank.drawings.plot import Plot
from questionbank.drawings.staircase import draw_staircase
from questionbank.pictures import ImageText
from questionbank.variant import Variant

KINDS: dict[str, Callable[[Numbers, ImageText, str], Plot]] = {
    "histogram": draw_histogram,
    "staircase": draw_staircase,
    "bars": draw_bars,
    "curve": draw_curve,
    "matrix": draw_matrix,
}


def draw(drawing: Mapping[str, Any], text: ImageText, language: str, variant: Variant) -> Plot:
    """Raises DrawingProblem where the numbers cannot be drawn."""
    return _drawn(json.dumps(dict(drawing), sort_keys=True), text, language, variant.as_text)


@lru_cache(maxsize=2000)
def _drawn(drawing: str, text: ImageText, language: str, variant: str) -> Plot:
    fields = json.loads(drawing)
    kind = KINDS.get(str(fields.get("kind")))
    if kind is None:
        raise DrawingProblem(
            f"“{fields.get('kind')}” is no kind of drawing", f"known are {', '.join(sorted(KINDS))}"
        )
    return kind(Numbers(fields, Variant.from_json(json.loads(variant))), text, language)
