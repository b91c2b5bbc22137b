"""Keys with parameters become sentences for people, in their language. Pure: used by the terminal and by the site."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from grader.report import Message

LANGUAGES = ("en", "pt-br")
Texts = Mapping[str, str]
_PARAMETER = re.compile(r"\{([a-z_]+)\}")  # not str.format: a text may speak of 2^{b} or of a dict


@cache
def general_messages() -> dict[str, dict[str, str]]:
    """key -> language -> text, the same for every exercise."""
    here = Path(__file__).parent
    files = (here / "messages.toml", here / "uploads" / "messages.toml")
    return {key: texts for file in files for key, texts in tomllib.loads(file.read_text("utf-8")).items()}


def explain(message: Message, language: str, exercise_messages: Mapping[str, Texts] | None = None) -> str:
    """The sentence of a message. An exercise's own key goes before a general one; an unknown key is shown as words."""
    exercise_messages = exercise_messages or {}
    texts = exercise_messages.get(message.key) or general_messages().get(message.key)
    template = text_in(texts, language) if texts else message.key.replace("_", " ")
    shown = _shown(message.params, language, exercise_messages)
    return _PARAMETER.sub(lambda found: shown.get(found[1], found[0]), template)


def text_in(texts: Texts, language: str) -> str:
    """The text in `language`, its base language or English."""
    asked = language.lower().replace("_", "-")
    for candidate in (asked, asked.split("-")[0], "pt-br" if asked.startswith("pt") else "en", "en"):
        if candidate in texts:
            return texts[candidate]
    return next(iter(texts.values()), "")


def number(value: float, language: str) -> str:
    """Four significant digits, decimal comma in Portuguese."""
    text = f"{value:.4g}"
    return text.replace(".", ",") if language.lower().startswith("pt") else text


def _shown(
    params: Mapping[str, str | int | float], language: str, exercise_messages: Mapping[str, Texts]
) -> dict[str, str]:
    """Parameters as text; `check` names a check and is shown as its title, a `line` is followed by its file or cell."""
    shown = {name: number(v, language) if isinstance(v, float) else str(v) for name, v in params.items()}
    for part in ("cell", "file"):
        if "line" in shown and part in shown:
            template = text_in(general_messages()[f"line_of_{part}"], language)
            shown["line"] = _PARAMETER.sub(lambda found: shown[found[1]], template)
            break
    if title := exercise_messages.get(f"checks.{shown.get('check')}"):
        shown["check"] = text_in(title, language)
    return shown
