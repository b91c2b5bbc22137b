"""Every row is decided by itself."""

from dataclasses import replace
from typing import Any

from questionbank.definition import OptionDefinition, OptionText, QuestionDefinition, QuestionText
from tests.questionbank.samples.question import LANGUAGES, sound_question


def true_false(true: int = 2, false: int = 2, **changes: Any) -> QuestionDefinition:
    names = [f"right{i}" for i in range(true)] + [f"wrong{i}" for i in range(false)]
    texts = {
        language: QuestionText(
            "True or false?",
            "Because.",
            {name: OptionText(f"{language} says {name}", f"About {name}.") for name in names},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name, correct=name.startswith("right")) for name in names)
    return replace(sound_question("true_false", texts, options=options, scoring="every_decision"), **changes)


def matching(**changes: Any) -> QuestionDefinition:
    pairs = {"pruning": "zeros", "sharing": "codebook", "coding": "lengths"}
    choices = (*pairs.values(), "teacher")
    texts = {
        language: QuestionText(
            "What belongs to what?",
            "Because.",
            {row: OptionText(f"{language} says {row}", f"About {row}.") for row in pairs},
            choices={choice: f"{language} tells $n$ {choice}" for choice in choices},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(row, match=choice) for row, choice in pairs.items())
    return replace(sound_question("matching", texts, options=options, choices=choices), **changes)


def ordering(steps: int = 4, **changes: Any) -> QuestionDefinition:
    names = [f"step{i}" for i in range(steps)]
    texts = {
        language: QuestionText(
            "In which order?",
            "Because.",
            {name: OptionText(f"{language} does {name}", f"About {name}.") for name in names},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name) for name in names)
    return replace(sound_question("ordering", texts, options=options), **changes)
