"""What the reader and the rules say, in another language.

A message is written once, in English, where the problem is found: the commands print it as it is. For pages it is found
again among the templates of `finding_texts.toml` and told in the page's language. A message that no template fits
stays as it is; `tests/questionbank/test_finding_texts.py` fails when the code says something that has no template.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from questionbank.definition import SOURCE_LANGUAGE
from questionbank.draw_problem import catalogue as drawing_messages

#: Holes in which another message stands, and in which a word of our own stands.
_MESSAGES = {"problem", "advice", "difference", "coincidence", "remedy", "message", "because", "what"}
_WORDS = {"place", "parts"}
_HOLE = re.compile(r"(?<!\{)\{([a-z_0-9]+)\}(?!\})")


@dataclass(frozen=True)
class Template:
    en: str
    texts: Mapping[str, str]
    pattern: re.Pattern[str]

    @property
    def letters(self) -> int:
        """How much of it is said whatever the case: what says more is tried first."""
        return len(_HOLE.sub("", self.en))


def told(message: str, language: str) -> str:
    """The message in the language; as it is where there are no texts in it."""
    language = language.lower()
    return message if language == SOURCE_LANGUAGE else _told(message, language) or message


@lru_cache(maxsize=4000)
def _told(message: str, language: str) -> str | None:
    for template in templates():
        found = template.pattern.fullmatch(message)
        if found is not None and language in template.texts and template.letters > len(": "):
            holes = {name: _hole(name, text, language) for name, text in found.groupdict().items()}
            return template.texts[language].format_map(holes)
    return _both(message, language)


def _both(message: str, language: str) -> str | None:
    """“where: what” and “problem: advice”; either part may hold a colon, and where it lies may be a name."""
    parts = [(message[: colon.start()], message[colon.end() :]) for colon in re.finditer(": ", message)]
    ends = [(_told(one, language) or _word(one, language), _told(other, language)) for one, other in parts]
    for before, after in ends:
        if before and after:
            return f"{before}: {after}"
    for (one, _), (_before, after) in zip(parts, ends, strict=True):
        if after:
            return f"{one}: {after}"
    return None


def _hole(name: str, text: str, language: str) -> str:
    if name in _MESSAGES:
        return _told(text, language) or text
    return (_word(text, language) or text) if name in _WORDS else text


def _word(text: str, language: str) -> str | None:
    for template in _read("word"):
        found = template.pattern.fullmatch(text)
        if found and language in template.texts:
            holes = {name: _hole(name, inner, language) for name, inner in found.groupdict().items()}
            return template.texts[language].format_map(holes)
    return None


@cache
def templates() -> tuple[Template, ...]:
    """Of the reader, the rules and the drawing of variants."""
    drawing = [_template(texts) for texts in drawing_messages().values()]
    return tuple(sorted([*_read("message"), *drawing], key=lambda each: -each.letters))


@cache
def _read(kind: str) -> tuple[Template, ...]:
    with (Path(__file__).parent / "finding_texts.toml").open("rb") as file:
        return tuple(map(_template, tomllib.load(file)[kind]))


def _template(texts: Mapping[str, str]) -> Template:
    en = texts[SOURCE_LANGUAGE]
    parts, named = [], set[str]()
    for place, part in enumerate(_HOLE.split(en)):
        if place % 2 == 0:
            parts.append(re.escape(part.replace("{{", "{").replace("}}", "}")))
        elif part in named:
            parts.append(f"(?P={part})")
        else:
            named.add(part)
            parts.append(f"(?P<{part}>.+?)")
    translations = {name: text for name, text in texts.items() if name != SOURCE_LANGUAGE}
    return Template(en, translations, re.compile("".join(parts), re.DOTALL))
