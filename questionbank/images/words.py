"""What the pictures themselves say, in the reader's language."""

from html import escape

from questionbank.definition import SOURCE_LANGUAGE

_WORDS = {
    "numbers": {"en": "The numbers as a table", "pt-br": "Os números em uma tabela"},
    "left": {"en": "From the left (%)", "pt-br": "A partir da esquerda (%)"},
    "counted": {"en": "number, from 1", "pt-br": "número, a partir de 1"},
    "top": {"en": "From the top (%)", "pt-br": "A partir do topo (%)"},
}


def word(name: str, language: str) -> str:
    """As HTML text; in the source language where there is no other."""
    texts = _WORDS[name]
    return escape(texts.get(language, texts[SOURCE_LANGUAGE]))
