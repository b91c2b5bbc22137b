"""Small sound questions of every type."""

from pathlib import Path

from tests.questionbank.samples.choice import SCALE_VARIANT, multiple_choice, single_choice
from tests.questionbank.samples.items import read_answer, sample_items
from tests.questionbank.samples.marked import code, free_text
from tests.questionbank.samples.pictures import HISTOGRAM, HOTSPOT_VARIANT, hotspot
from tests.questionbank.samples.question import LANGUAGES
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

__all__ = [
    "CODE_VARIANT",
    "FILE",
    "GAPS_VARIANT",
    "HISTOGRAM",
    "HOTSPOT_VARIANT",
    "LANGUAGES",
    "RATIO_VARIANT",
    "SCALE_VARIANT",
    "code",
    "code_reading",
    "free_text",
    "gaps",
    "hotspot",
    "matching",
    "multiple_choice",
    "numeric",
    "ordering",
    "read_answer",
    "sample_items",
    "short_answer",
    "single_choice",
    "true_false",
]

#: A file with one sound question of every type.
FILE = (Path(__file__).parent / "one_of_each_type.yaml").read_text()
