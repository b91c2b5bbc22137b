"""What a learner may hand in, decided before anything is stored. Pure.

The text is kept exactly as it came; it is never executed, parsed or compiled outside the sandbox.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PureWindowsPath

MAX_SOURCE_BYTES = 256 * 1024
MAX_FILE_NAME_CHARACTERS = 100
_PLAIN_CONTROLS = "\t\n\r\f"


class BadSource(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_PYTHON = "not_python"
    NUL = "nul"
    NOT_UTF_8 = "not_utf_8"


class SourceError(ValueError):
    """The learner's turn: another file is needed."""

    def __init__(self, reason: BadSource) -> None:
        super().__init__(reason)
        self.reason = reason


def read_source(content: bytes | str, file_name: str = "", limit_bytes: int = MAX_SOURCE_BYTES) -> str:
    """The text to be stored and graded. SourceError: it cannot be a Python file that we would run."""
    if file_name and not file_name.lower().endswith(".py"):
        raise SourceError(BadSource.NOT_PYTHON)
    text = _decoded(content)
    if len(text.encode()) > limit_bytes:
        raise SourceError(BadSource.TOO_BIG)
    if "\0" in text:
        raise SourceError(BadSource.NUL)
    if not text.strip():
        raise SourceError(BadSource.EMPTY)
    return text


def _decoded(content: bytes | str) -> str:
    if len(content) > MAX_SOURCE_BYTES + 3:
        raise SourceError(BadSource.TOO_BIG)
    try:
        if isinstance(content, bytes):
            return content.decode("utf-8-sig")  # a byte order mark is no part of the program
        content.encode()  # JSON may carry lone surrogates, which no file can hold
    except UnicodeError:
        raise SourceError(BadSource.NUL if b"\0" in _bytes(content) else BadSource.NOT_UTF_8) from None
    return content


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else b""


def clean_file_name(name: str) -> str:
    """The last part of a path as any browser may send it, without what does not print."""
    base = PureWindowsPath(name).name  # both slashes separate
    printable = "".join(character for character in base if character.isprintable())
    return printable.encode("utf-8", "ignore").decode()[-MAX_FILE_NAME_CHARACTERS:]


@dataclass(frozen=True, kw_only=True)
class InvisibleCharacter:
    line: int
    code_point: str  #: U+202E
    name: str  #: Unicode's own, in English


def invisible_characters(source: str, most: int = 5) -> tuple[InvisibleCharacter, ...]:
    """Characters that make a text read differently from what Python runs: direction marks, zero widths, controls."""
    found = []
    for number, line in enumerate(source.split("\n"), start=1):
        for character in line:
            if character not in _PLAIN_CONTROLS and unicodedata.category(character) in {"Cc", "Cf"}:
                name = unicodedata.name(character, "CONTROL CHARACTER")
                found.append(InvisibleCharacter(line=number, code_point=f"U+{ord(character):04X}", name=name))
                if len(found) == most:
                    return tuple(found)
    return tuple(found)
