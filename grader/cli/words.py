"""What the command says, in the reader's language."""

import locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.messages import explain
from grader.report import Message


class Problem(Exception):
    """The command cannot go on; the sentence says whose turn it is."""

    def __init__(self, key: str, **params: str | int | float) -> None:
        super().__init__(key)
        self.message = Message(key=key, params=params)


@dataclass(frozen=True)
class Voice:
    language: str

    def say(self, key: str, **params: str | int | float) -> str:
        return self.sentence(Message(key=key, params=params))

    def sentence(self, message: Message) -> str:
        return explain(message, self.language, texts())


@cache
def texts() -> dict[str, dict[str, str]]:
    """key -> language -> text."""
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Portuguese for whoever's system speaks it, English for everybody else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if setting := environment.get(name):
            return _of(setting)
    return _of(locale.getlocale()[0] or "")


def _of(name: str) -> str:
    return "pt-br" if name.lower().startswith(("pt", "portug")) else "en"
