"""How every item type is written in a question file, by the type's name."""

from questionbank.formats.choice_fields import MULTIPLE_CHOICE, SINGLE_CHOICE
from questionbank.formats.code_fields import CODE
from questionbank.formats.code_reading_fields import CODE_READING
from questionbank.formats.free_text_fields import FREE_TEXT
from questionbank.formats.gaps_fields import GAPS
from questionbank.formats.hotspot_fields import HOTSPOT
from questionbank.formats.numeric_fields import NUMERIC
from questionbank.formats.row_fields import MATCHING, ORDERING, TRUE_FALSE
from questionbank.formats.short_answer_fields import SHORT_ANSWER
from questionbank.formats.type_format import TypeFormat

FORMATS: dict[str, TypeFormat] = {
    "single_choice": SINGLE_CHOICE,
    "multiple_choice": MULTIPLE_CHOICE,
    "numeric": NUMERIC,
    "true_false": TRUE_FALSE,
    "matching": MATCHING,
    "ordering": ORDERING,
    "short_answer": SHORT_ANSWER,
    "gaps": GAPS,
    "code_reading": CODE_READING,
    "free_text": FREE_TEXT,
    "code": CODE,
    "hotspot": HOTSPOT,
}
