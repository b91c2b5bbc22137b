"""The whole bank as it lies in files: read, and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from questionbank.definition import QuestionDefinition
from questionbank.drawing import CannotDraw, Generator, draw_variants
from questionbank.drawing_process import DrawingProcess
from questionbank.drawing_sources import generator_of
from questionbank.findings import Finding
from questionbank.formats.yaml_file import LocatedQuestion, QuestionFile, read_question_file
from questionbank.variant import Variant


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
    """Built-in generators draw in this process; an author's own program in the sandbox of a process beside it.

    DrawingFailed: that process did not answer.
    """
    drawn: list[DrawnQuestion] = []
    findings: list[Finding] = []
    with DrawingProcess() as beside:
        for question in bank.questions:
            if not question.sound:
                continue
            try:
                drawn.append(DrawnQuestion(question, _drawn(question.definition, generators, beside)))
            except CannotDraw as problem:
                findings.append(_finding(question, _place_of_generator(question.definition), str(problem)))
    return DrawnBank(tuple(drawn), tuple(findings))


def _drawn(
    question: QuestionDefinition, generators: Mapping[str, Generator], beside: DrawingProcess
) -> tuple[Variant, ...]:
    if question.generator_source:
        return beside.draw(question, seed=question.id)
    generator = generator_of(question, lambda: generators, _runs_elsewhere)
    return draw_variants(question, generator, question.variant_count, seed=question.id)


def _runs_elsewhere(source: str, seed: str, variant: int, draw: int) -> NoReturn:
    raise AssertionError("an author's program reached a trusted process")


def _place_of_generator(question: QuestionDefinition) -> str:
    if question.generator_source:
        return "generator_source"
    return "parameters" if question.parameters else "generator"


def _finding(question: LocatedQuestion, place: str, message: str) -> Finding:
    rule = "id" if place == "id" else "generator"
    return Finding(question.file, question.line(place), rule, message, question.definition.id)
