"""The whole bank as it lies in files: read, and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from questionbank.drawing import CannotDraw, draw_variants
from questionbank.findings import Finding
from questionbank.formats.yaml_file import LocatedQuestion, QuestionFile, read_question_file
from questionbank.variant import Variant

if TYPE_CHECKING:  # only a name: whoever reads questions has no need of the generators
    from questionbank.generators import Generator


@dataclass(frozen=True)
class Bank:
    questions: tuple[LocatedQuestion, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class DrawnQuestion:
    """A sound question with the variants that would be published."""

    located: LocatedQuestion
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class DrawnBank:
    questions: tuple[DrawnQuestion, ...]
    findings: tuple[Finding, ...]


def read_bank(folder: Path, shown_from: Path | None = None) -> Bank:
    """Every question file of the folder. Findings name files as seen from `shown_from`."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        return Bank((), (Finding(folder, 1, "schema", "there is no question file (*.yaml) in this folder"),))
    return bank_of([read_question_file(file, _shown(file, shown_from)) for file in files])


def bank_of(files: Sequence[QuestionFile]) -> Bank:
    questions = tuple(question for each in files for question in each.questions)
    findings = tuple(finding for each in files for finding in each.findings)
    return Bank(questions, findings + tuple(_repeated_ids(questions)))


def _shown(file: Path, start: Path | None) -> Path:
    return file.relative_to(start) if start and file.is_relative_to(start) else file


def _repeated_ids(questions: Iterable[LocatedQuestion]) -> Iterable[Finding]:
    first: dict[str, LocatedQuestion] = {}
    for question in questions:
        name = question.definition.id
        if name in first:
            where = f"{first[name].file}:{first[name].line('id')}"
            yield _finding(question, "id", f"the id is already used at {where}; choose another")
        first.setdefault(name, question)


def draw_bank(bank: Bank, generators: Mapping[str, Generator]) -> DrawnBank:
    drawn: list[DrawnQuestion] = []
    findings: list[Finding] = []
    for question in bank.questions:
        if not question.sound:
            continue
        variants = _drawn(question, generators)
        if isinstance(variants, Finding):
            findings.append(variants)
        else:
            drawn.append(DrawnQuestion(question, variants))
    return DrawnBank(tuple(drawn), tuple(findings))


def _drawn(question: LocatedQuestion, generators: Mapping[str, Generator]) -> tuple[Variant, ...] | Finding:
    definition = question.definition
    name = definition.generator
    if name is not None and name not in generators:
        return _finding(
            question,
            "generator",
            f"there is no generator “{name}”; known are {', '.join(sorted(generators))}",
        )
    generator = generators[name] if name else None
    try:
        return draw_variants(definition, generator, definition.variant_count, seed=definition.id)
    except CannotDraw as problem:
        return _finding(question, "generator", str(problem).removeprefix(f"{definition.id}: "))
    except (
        Exception
    ) as problem:  # a generator is an author's code; one that fails must not hide the other findings
        return _finding(question, "generator", f"the generator “{name}” failed: {problem!r}; correct it")


def _finding(question: LocatedQuestion, place: str, message: str) -> Finding:
    return Finding(question.file, question.line(place), place, message, question.definition.id)
