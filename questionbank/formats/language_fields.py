"""Which languages a question is written in: any, by their BCP 47 codes in small letters."""

import re

from questionbank.definition import SOURCE_LANGUAGE
from questionbank.formats.fields import Fields

#: Language, and what narrows it down: pt-br, zh-hant-tw, es-419, sl-rozaj.
CODE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")


def is_language_code(text: str) -> bool:
    return bool(CODE.fullmatch(text))


def read_source_language(fields: Fields) -> str:
    language = fields.text("source_language", required=False) or SOURCE_LANGUAGE
    if not is_language_code(language):
        fields.problem(_not_a_code(language), "source_language")
        return SOURCE_LANGUAGE
    return language


def per_language(fields: Fields, key: str, source_language: str) -> dict[str, str]:
    """A text in the source language at least; every problem noted."""
    inner = fields.sub(key)
    check_codes(inner)
    return {language: inner.text(language) for language in dict.fromkeys([source_language, *inner.values])}


def check_codes(fields: Fields) -> None:
    for language in fields.values:
        if not is_language_code(language):
            fields.problem(_not_a_code(language), language)


def _not_a_code(language: str) -> str:
    return f"“{language}” is not the code of a language; write one such as en, pt-br or zh-hant, in small letters"
