"""Reading typed fields out of a document: every problem is noted with its line, and reading goes on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from questionbank.findings import Finding
from questionbank.formats.located_yaml import LocatedDocument, Place

WORD = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass
class Notes:
    """The findings of one file, and where its values lie."""

    file: Path
    document: LocatedDocument
    findings: list[Finding] = field(default_factory=list)
    #: Folder of the files that questions show; None: those shipped with the bank.
    images: Path | None = None

    def line(self, place: Place) -> int:
        while place not in self.document.lines and place:
            place = place[:-1]
        return self.document.lines.get(place, 1)

    def add(self, place: Place, message: str, question: str = "") -> None:
        inside = place[2:] if place[:1] == ("questions",) else ()
        self.findings.append(Finding(self.file, self.line(place), "schema", message, question, place=inside))


@dataclass(frozen=True)
class Fields:
    """One mapping of the document and the place it lies at."""

    notes: Notes
    place: Place
    values: Mapping[str, Any]
    question: str = ""

    def problem(self, message: str, key: str | None = None) -> None:
        self.notes.add(self.place if key is None else (*self.place, key), message, self.question)

    def only(self, known: Iterable[str]) -> None:
        known = set(known)
        for name in self.values:
            if name not in known:
                self.problem(f"“{name}” is not a field here; known are {', '.join(sorted(known))}", name)

    def sub(self, key: str, *, required: bool = True) -> Fields:
        value = self.values.get(key)
        if value is None and not required:
            value = {}
        if not isinstance(value, Mapping):
            self.problem(
                f"“{key}” must hold fields of its own (a mapping)" if key in self.values else missing(key),
                key,
            )
            value = {}
        return Fields(self.notes, (*self.place, key), value, self.question)

    def members(self, key: str) -> list[Fields]:
        """The mappings of a list."""
        value = self.values.get(key)
        if not isinstance(value, list):
            self.problem(f"“{key}” must be a list" if key in self.values else missing(key), key)
            return []
        places = [(*self.place, key, position) for position in range(len(value))]
        for place, member in zip(places, value, strict=True):
            if not isinstance(member, Mapping):
                self.notes.add(place, f"every member of “{key}” must hold fields (a mapping)", self.question)
        return [
            Fields(self.notes, place, member, self.question)
            for place, member in zip(places, value, strict=True)
            if isinstance(member, Mapping)
        ]

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip("\n").rstrip()
        if value is None or isinstance(value, str):
            if required:
                self.problem(missing(key), key)
            return ""
        self.problem(f"“{key}” must be a text; put {value!r} in quotes", key)
        return ""

    def word(self, key: str) -> str:
        value = self.text(key)
        if value and not WORD.fullmatch(value):
            self.problem(f"“{value}” must be small letters, digits, - and _", key)
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        allowed = list(allowed)
        if key not in self.values and default is not None:
            return default
        value = self.values.get(key)
        if value not in allowed:
            self.problem(f"“{key}” must be one of {', '.join(allowed)}; it is {value!r}", key)
            return default or allowed[0]
        return str(value)

    def number(self, key: str, default: float | None = None, *, required: bool = False) -> float | None:
        value = self.values.get(key)
        if value is None:
            if required:
                self.problem(missing(key), key)
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.problem(f"“{key}” must be a number with a decimal point; it is {value!r}", key)
            return default
        return value

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.problem(f"“{key}” must be a whole number from {least} to {most}; it is {value!r}", key)
            return default
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.problem(f"“{key}” must be true or false; it is {value!r}", key)
            return False
        return value


def missing(key: str) -> str:
    return f"“{key}” is missing or empty; write it"


def is_missing(message: str) -> bool:
    return message.endswith("” is missing or empty; write it")
