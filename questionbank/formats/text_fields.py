"""What typed texts have in common in a question file: the rules by which they are compared, and lists of wordings."""

from __future__ import annotations

from dataclasses import fields as fields_of

from questionbank.formats.fields import Fields, missing
from questionbank.typed import TextRules

MOST_TYPOS = 3
MOST_WORDINGS = 20
_FLAGS = ("ignore_case", "ignore_accents", "ignore_punctuation")


def read_text_rules(fields: Fields) -> TextRules | None:
    """None where none are written: the defaults hold."""
    if "text_rules" not in fields.values:
        return None
    rules, default = fields.sub("text_rules"), TextRules()
    rules.only(each.name for each in fields_of(TextRules))
    flags = {name: rules.flag(name) for name in _FLAGS if name in rules.values}
    read = TextRules(
        **flags,
        typos=rules.whole("typos", default.typos, 0, MOST_TYPOS),
        typo_word_length=rules.whole("typo_word_length", default.typo_word_length, 3, 40),
    )
    return None if read == default else read


def read_wordings(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of texts, or one text alone."""
    value = fields.values.get(key)
    if isinstance(value, str):
        value = [value]
    if not value:
        fields.problem(missing(key), key)
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        fields.problem(f"“{key}” must be a list of texts; put numbers and true/false in quotes", key)
        return ()
    if len(value) > MOST_WORDINGS:
        fields.problem(f"{len(value)} wordings; write at most {MOST_WORDINGS}", key)
    return tuple(each.strip() for each in value)
