"""What a person or the sandbox marks."""

from dataclasses import replace
from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText
from questionbank.marked import (
    CodeDefinition,
    CriterionDefinition,
    CriterionText,
    LevelDefinition,
    WordLimits,
)
from tests.questionbank.samples.question import LANGUAGES, sound_question


def free_text(**changes: Any) -> QuestionDefinition:
    levels = (LevelDefinition("missing", 0), LevelDefinition("partly", 1), LevelDefinition("complete", 3))
    rubric = (CriterionDefinition("cause", levels), CriterionDefinition("remedy", levels[:2]))
    texts = {
        language: QuestionText(
            f"{language}: why?",
            f"{language}: because of this.",
            rubric={
                each.id: CriterionText(
                    f"{language} on the {each.id}",
                    {level.id: f"{language}: {each.id} {level.id}" for level in each.levels},
                )
                for each in rubric
            },
            model_answer=f"{language}: since the weights are small.",
        )
        for language in LANGUAGES
    }
    return replace(sound_question("free_text", texts, rubric=rubric, words=WordLimits(5, 50)), **changes)


def code(**changes: Any) -> QuestionDefinition:
    texts = {
        language: QuestionText(f"{language}: count bits.", f"{language}: rounded up.")
        for language in LANGUAGES
    }
    asked = CodeDefinition(
        exercise="sparsity-and-size",
        starter="def position_bits(n):\n    raise NotImplementedError\n",
        solution="def position_bits(n):\n    return (n - 1).bit_length()\n",
        checks=("positions_take_whole_bits",),
    )
    return replace(sound_question("code", texts, code=asked), **changes)
