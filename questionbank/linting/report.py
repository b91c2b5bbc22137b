"""Which question exists in which language, and in what state."""

from collections.abc import Iterable, Sequence

from questionbank.bank import Bank, DrawnBank
from questionbank.definition import REQUIRED_LANGUAGES, SOURCE_LANGUAGE, QuestionDefinition
from questionbank.findings import Finding, Severity


def language_matrix(bank: Bank, drawn: DrawnBank, findings: Sequence[Finding]) -> list[str]:
    """Lines of a table: question, type, variants, then one state per language."""
    languages = list(
        dict.fromkeys(
            [*REQUIRED_LANGUAGES, *(tongue for each in bank.questions for tongue in each.definition.texts)]
        )
    )
    variants = {each.located.definition.id: len(each.variants) for each in drawn.questions}
    faulty = {finding.question for finding in findings if finding.severity is Severity.ERROR}
    rows = [("question", "type", "variants", *languages, "lint")]
    for located in bank.questions:
        question = located.definition
        rows.append(
            (
                f"{question.topic}/{question.id}",
                question.type,
                str(variants.get(question.id, "-")),
                *(_state(question, language) for language in languages),
                "error" if question.id in faulty else "ok",
            )
        )
    return _aligned(rows)


def _state(question: QuestionDefinition, language: str) -> str:
    if language not in question.texts:
        return "missing"
    source = question.texts.get(SOURCE_LANGUAGE)
    return "stale" if source and question.texts[language].revision < source.revision else "ok"


def _aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
