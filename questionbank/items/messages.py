"""Why an answer was not stored, in the learner's language."""

import tomllib
from functools import cache
from pathlib import Path

from questionbank.definition import SOURCE_LANGUAGE
from questionbank.items.base import ParseProblem


@cache
def catalogue() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "messages.toml").open("rb") as file:
        return tomllib.load(file)


def explain(problem: ParseProblem, language: str) -> str:
    texts = catalogue()[problem.message]
    return texts.get(language.lower(), texts[SOURCE_LANGUAGE]).format_map(dict(problem.params))
