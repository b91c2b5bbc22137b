"""What all sample questions have in common."""

from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText

LANGUAGES = ("en", "pt-br")


def sound_question(type: str, texts: dict[str, QuestionText], **fields: Any) -> QuestionDefinition:
    return QuestionDefinition(
        id=f"a-{type.replace('_', '-')}",
        topic="quantization",
        type=type,
        level="apply",
        source="Han et al. 2016",
        objective={"en": "Compute a scale.", "pt-br": "Calcular uma escala."},
        convention={"en": "none", "pt-br": "nenhuma"},
        texts=texts,
        **fields,
    )
