"""The choices of a matching question, and whether its rows name them."""

from questionbank.definition import OptionDefinition
from questionbank.formats.fields import WORD, Fields

LEAST_CHOICES, MOST_CHOICES = 2, 12


def matching_choices(fields: Fields, rows: tuple[OptionDefinition, ...]) -> tuple[str, ...]:
    value = fields.values.get("choices")
    if not isinstance(value, list) or not all(
        isinstance(each, str) and WORD.fullmatch(each) for each in value
    ):
        fields.problem("“choices” must be a list of ids: small letters, digits, - and _", "choices")
        return ()
    choices = tuple(dict.fromkeys(value))
    if len(choices) < len(value):
        fields.problem("a choice is named twice; keep one of them", "choices")
    if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
        fields.problem(f"{len(choices)} choices; write {LEAST_CHOICES} to {MOST_CHOICES}", "choices")
    for place, row in enumerate(rows):
        if row.match and row.match not in choices:
            fields.notes.add(
                (*fields.place, "options", place, "match"),
                f"row {row.id} matches “{row.match}”, which is not among “choices”; add it or correct the name",
                fields.question,
            )
    return choices
