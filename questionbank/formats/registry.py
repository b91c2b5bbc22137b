"""How every item type is written in a question file, by the type's name."""

from questionbank.formats.choice_fields import MULTIPLE_CHOICE, SINGLE_CHOICE
from questionbank.formats.code_fields import CODE
from questionbank.formats.free_text_fields import FREE_TEXT
from questionbank.formats.numeric_fields import NUMERIC
from questionbank.formats.row_fields import MATCHING, ORDERING, TRUE_FALSE
from questionbank.formats.type_format import TypeFormat

FORMATS: dict[str, TypeFormat] = {
    "single_choice": SINGLE_CHOICE,
    "multiple_choice": MULTIPLE_CHOICE,
    "numeric": NUMERIC,
    "true_false": TRUE_FALSE,
    "matching": MATCHING,
    "ordering": ORDERING,
    "free_text": FREE_TEXT,
    "code": CODE,
}
