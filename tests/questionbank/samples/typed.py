"""What is typed: numbers, words, gaps, the output of a program."""

from typing import Any

from questionbank.definition import QuestionDefinition, QuestionText, ToleranceDefinition
from questionbank.typed import AnswerDefinition, GapDefinition, GapText, ProgramDefinition, TextRules
from questionbank.variant import Variant
from tests.questionbank.samples.question import LANGUAGES, sound_question


def numeric(**changes: Any) -> QuestionDefinition:
    texts = {
        "en": QuestionText(
            "What is the ratio?", "256/72 is [[key|2]].", slips={"no_codebook": "You left the codebook out."}
        ),
        "pt-br": QuestionText(
            "Qual é a razão?", "256/72 é [[key|2]].", slips={"no_codebook": "Você esqueceu o codebook."}
        ),
    }
    fields: dict[str, Any] = {
        "tolerance": ToleranceDefinition("absolute", 0.01),
        "slips": {"no_codebook": None},
        "unit": "bit",
        "generator": "sharing_ratio",
    }
    return sound_question("numeric", texts, **(fields | changes))


RATIO_VARIANT = Variant(key=256 / 72, slips={"no_codebook": 4.0})


def short_answer(**changes: Any) -> QuestionDefinition:
    words = {
        "en": {
            "sharing": ("weight sharing", "sharing"),
            "clusters": ("clustering",),
            "pruning": ("pruning",),
        },
        "pt-br": {
            "sharing": ("compartilhamento de pesos",),
            "clusters": ("agrupamento",),
            "pruning": ("poda", "podar"),
        },
    }
    texts = {
        language: QuestionText(
            f"{language}: what gives many weights one value?",
            f"{language}: a codebook.",
            slips={
                "pruning": f"{language}: that makes zeros.",
                "clusters": f"{language}: only a part of it.",
            },
            answers=answers,
        )
        for language, answers in words.items()
    }
    fields: dict[str, Any] = {
        "answers": (AnswerDefinition("sharing"), AnswerDefinition("clusters", 0.5)),
        "slips": {"pruning": None},
        "text_rules": TextRules(typos=1),
    }
    return sound_question("short_answer", texts, **(fields | changes))


def gaps(**changes: Any) -> QuestionDefinition:
    def text(language: str, method: str, before: str, after: str) -> QuestionText:
        return QuestionText(
            f"{language}: first [[gap.method]], with [[n]] weights, then [[gap.bits]] bits\n\n"
            "| a | b |\n|---|---|\n| 1 | [[gap.order]] |\n\n```python\nbits = [[gap.rest]]\n```",
            f"{language}: because.",
            gaps={
                "method": GapText(f"{language} about the method", answers=(method,)),
                "bits": GapText(f"{language} about the bits"),
                "order": GapText(f"{language} about the order", choices={"early": before, "late": after}),
                "rest": GapText(f"{language} about the rest"),
            },
        )

    fields: dict[str, Any] = {
        "gaps": (
            GapDefinition("method", "text"),
            GapDefinition("rest", "number", key=2.5, tolerance=ToleranceDefinition("absolute", 0.25)),
            GapDefinition("bits", "number", unit="bit"),
            GapDefinition("order", "choice", choices=("early", "late"), right="late"),
        ),
        "scoring": "every_decision",
        "generator": "bits_of_indices",
    }
    texts = {"en": text("en", "pruning", "before", "after"), "pt-br": text("pt", "poda", "antes", "depois")}
    return sound_question("gaps", texts, **(fields | changes))


GAPS_VARIANT = Variant(params={"n": 12}, options={"bits": 4})


def code_reading(**changes: Any) -> QuestionDefinition:
    texts = {
        language: QuestionText(f"{language}: what is printed?", f"{language}: two lines.")
        for language in LANGUAGES
    }
    fields: dict[str, Any] = {
        "program": ProgramDefinition('for bits in ([[low]], 8):\n    print(f"{2**bits:>4} ")'),
        "scoring": "lines",
        "generator": "levels",
    }
    return sound_question("code_reading", texts, **(fields | changes))


CODE_VARIANT = Variant(params={"low": 4}, options={"output": "  16\n 256"})
