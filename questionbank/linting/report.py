"""Which question exists in which language, and in what state."""

from collections.abc import Iterable, Sequence

from questionbank.bank import Bank, DrawnBank
from questionbank.completeness import state_of
from questionbank.findings import Finding, Severity


def language_matrix(
    bank: Bank, drawn: DrawnBank, findings: Sequence[Finding], demanded: Sequence[str] = ()
) -> list[str]:
    """Lines of a table: question, type, variants, then one state per language."""
    languages = list(
        dict.fromkeys([*demanded, *(tongue for each in bank.questions for tongue in each.definition.texts)])
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
                *(state_of(question, language) for language in languages),
                "error" if question.id in faulty else "ok",
            )
        )
    return _aligned(rows)


def _aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
