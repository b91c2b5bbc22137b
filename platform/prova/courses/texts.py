"""Authored texts per language: ``{"en": "...", "pt-br": "..."}``."""

from collections.abc import Mapping

from django.utils.translation import get_language

SOURCE_LANGUAGE = "en"


def text_in(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in the asked language (default: the page's), else its base language, else the source, else any."""
    asked = (language or get_language() or SOURCE_LANGUAGE).lower()
    for candidate in (asked, asked.split("-")[0], SOURCE_LANGUAGE):
        if candidate in texts:
            return texts[candidate]
    return next(iter(texts.values()), "")
