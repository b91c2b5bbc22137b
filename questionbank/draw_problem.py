"""Why variants could not be drawn, or why one was drawn again: neutral values, and a sentence of them per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from questionbank.definition import SOURCE_LANGUAGE

MAX_PARAM_CHARACTERS = 300


@dataclass(frozen=True)
class DrawProblem:
    #: A name in draw_messages.toml.
    key: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    because: DrawProblem | None = None

    def __str__(self) -> str:
        return told(self, SOURCE_LANGUAGE)

    def to_json(self) -> dict[str, Any]:
        because = {} if self.because is None else {"because": self.because.to_json()}
        return {"key": self.key, "params": dict(self.params), **because}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DrawProblem:
        """ValueError: not one of these. Texts are cut: they may come from an author's own program."""
        key, params, because = data.get("key"), data.get("params"), data.get("because")
        if key not in catalogue() or not isinstance(params, Mapping):
            raise ValueError(f"not a problem of drawing: {key!r}")
        cut = {
            str(name): value[:MAX_PARAM_CHARACTERS] if isinstance(value, str) else value
            for name, value in params.items()
            if isinstance(value, str | int | float)
        }
        return cls(str(key), cut, cls.from_json(because) if isinstance(because, Mapping) else None)


class CannotDraw(ValueError):
    """The author's turn: no acceptable set of variants comes of this."""

    def __init__(self, key: str, /, because: DrawProblem | None = None, **params: str | int | float) -> None:
        self.problem = DrawProblem(key, params, because)
        super().__init__(str(self.problem))

    @classmethod
    def of(cls, problem: DrawProblem) -> CannotDraw:
        return cls(problem.key, problem.because, **problem.params)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "draw_messages.toml").open("rb") as file:
        return tomllib.load(file)


class _Forgiving(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def told(problem: DrawProblem, language: str) -> str:
    """What the author reads. A language without texts of its own gets the source language's."""
    texts = catalogue()[problem.key]
    text = texts.get(language.lower(), texts[SOURCE_LANGUAGE])
    because = "" if problem.because is None else told(problem.because, language)
    said = {
        name: _said(value, language) if name == "error" else value for name, value in problem.params.items()
    }
    return text.format_map(_Forgiving({**said, "because": because}))


def _said(error: str | int | float, language: str) -> str:
    """What the reader says of a declaration, or Python of a program: the latter stays as it is."""
    from questionbank.finding_texts import told as in_language  # which reads the texts of this file

    return in_language(str(error), language)
