"""Item types by their name in question files."""

from questionbank.definition import QuestionDefinition
from questionbank.items.base import Item
from questionbank.items.choice import MultipleChoice, SingleChoice
from questionbank.items.code import Code
from questionbank.items.code_reading import CodeReading
from questionbank.items.free_text import FreeText
from questionbank.items.gaps import Gaps
from questionbank.items.hotspot import Hotspot
from questionbank.items.matching import Matching
from questionbank.items.numeric import Numeric
from questionbank.items.ordering import Ordering
from questionbank.items.short_answer import ShortAnswer
from questionbank.items.true_false import TrueFalse
from questionbank.variant import Variant

ITEM_TYPES: dict[str, type[Item]] = {
    each.type: each
    for each in (
        SingleChoice,
        MultipleChoice,
        Numeric,
        TrueFalse,
        Matching,
        Ordering,
        FreeText,
        Code,
        ShortAnswer,
        Gaps,
        CodeReading,
        Hotspot,
    )
}


def bind(question: QuestionDefinition, variant: Variant, salt: str = "") -> Item:
    return ITEM_TYPES[question.type](question, variant, salt)
