"""Tables of TOML files, read strictly: what is missing or unknown is said with the file and the remedy."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.errors import BadExercise

LANGUAGES = ("en", "pt-br")

Texts = Mapping[str, str]  #: language -> text


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadExercise(path, "not found. Every exercise has this file (grader/README.md).") from None
    except UnicodeDecodeError as error:
        raise BadExercise(path, f"is not UTF-8 (byte {error.start}). Save it as UTF-8.") from None


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadExercise(path, f"is not valid TOML: {error}.") from None


def only_known(table: Mapping[str, Any], known: set[str], path: Path, where: str = "") -> None:
    if unknown := sorted(set(table) - known):
        raise BadExercise(
            path, f"{where}{', '.join(unknown)}: not known here. Known: {', '.join(sorted(known))}."
        )


def texts_of(table: Mapping[str, Any], key: str, path: Path) -> dict[str, str]:
    """One text per language, none of them empty."""
    texts = table.get(key)
    missing = [
        language
        for language in LANGUAGES
        if not isinstance(texts, dict)
        or not isinstance(texts.get(language), str)
        or not texts[language].strip()
    ]
    if missing:
        raise BadExercise(
            path,
            f"[{key}] has no text for {' and '.join(missing)}. Write every text in {' and '.join(LANGUAGES)}.",
        )
    assert isinstance(texts, dict)
    only_known(texts, set(LANGUAGES), path, f"[{key}] ")
    return {language: texts[language].strip() for language in LANGUAGES}
