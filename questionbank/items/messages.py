"""Words of the items themselves, in the learner's language: why an answer was not stored, and names of choices."""

import tomllib
from functools import cache
from pathlib import Path

from questionbank.items.outcome import ParseProblem

#: Every phrase of messages.toml exists in it.
FALLBACK = "en"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "messages.toml").open("rb") as file:
        return tomllib.load(file)


def phrase(name: str, language: str) -> str:
    texts = catalogue()[name]
    return texts.get(language.lower(), texts[FALLBACK])


def explain(problem: ParseProblem, language: str) -> str:
    return phrase(problem.message, language).format_map(dict(problem.params))
