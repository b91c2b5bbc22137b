"""What the pictures themselves say, in the reader's language."""

from html import escape

from questionbank.definition import SOURCE_LANGUAGE

_WORDS = {
    "numbers": {"en": "The numbers as a table", "pt-br": "Os números em uma tabela"},
    "right_region": {"en": "Right place", "pt-br": "Lugar certo"},
    "slip_region": {"en": "Known mistake", "pt-br": "Erro conhecido"},
}


def word(name: str, language: str) -> str:
    """As HTML text; in the source language where there is no other."""
    texts = _WORDS[name]
    return escape(texts.get(language, texts[SOURCE_LANGUAGE]))
