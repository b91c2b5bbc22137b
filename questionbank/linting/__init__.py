"""The rules every question keeps; no Django. `questionbank/README.md` lists them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from questionbank.bank import Bank, DrawnBank, DrawnQuestion
from questionbank.definition import QuestionDefinition
from questionbank.findings import Finding, Severity
from questionbank.formats.located_yaml import Place
from questionbank.formats.yaml_file import LocatedQuestion
from questionbank.linting import (
    exercise_checks,
    glossary,
    key_length,
    languages,
    numerals,
    numeric_key,
    options,
    pictures,
    rendering,
    typed_answers,
)
from questionbank.linting.subject import Subject
from questionbank.variant import Variant

Rule = Callable[[Subject], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    options.option_counts,
    options.alike_answers,
    options.pinned_last,
    options.generous_scoring,
    options.one_sided_statements,
    options.no_distractor,
    languages.missing_texts,
    languages.stale_texts,
    languages.unequal_parts,
    numerals.foreign_decimals,
    rendering.unrenderable,
    rendering.html_in_text,
    rendering.blocks_in_options,
    pictures.images_without_words,
    pictures.drawable_images,
    pictures.unshown_images,
    pictures.regions_to_be_hit,
    pictures.small_regions,
    numeric_key.printed_key_is_right,
    typed_answers.gaps_once_in_each_stem,
    typed_answers.keys_in_stems,
    typed_answers.typeable_gaps,
    typed_answers.empty_wordings,
    typed_answers.unknown_in_wordings,
    typed_answers.readable_programs,
    exercise_checks.unknown_checks,
    glossary.wrong_words,
    glossary.missing_terms,
)


def lint(bank: Bank, drawn: DrawnBank, demanded: Sequence[str] = ()) -> list[Finding]:
    """Everything there is to say about the bank, in the order of the files. Every question must exist in the
    languages `demanded`."""
    subjects = [Subject(question, tuple(demanded)) for question in drawn.questions]
    findings = [*bank.findings, *drawn.findings]
    for subject in subjects:
        found = [finding for rule in RULES for finding in rule(subject)]
        findings += found
    if not any(finding.rule == "rendering" for finding in findings):
        findings += key_length.telling_lengths(subjects)
    return sorted(
        set(findings), key=lambda finding: (str(finding.file), finding.line, finding.rule, finding.message)
    )


def lint_question(
    question: QuestionDefinition,
    variants: Sequence[Variant] = (),
    *,
    demanded: Sequence[str] = (),
    file: Path = Path("question"),
    lines: Mapping[Place, int] | None = None,
) -> list[Finding]:
    """What the rules say of one sound question by itself, each finding with its place; errors first.

    Pure, and quick enough to ask while an author types. Without variants, a question that draws is not asked for what
    its numbers decide (alike answers, rendering, the printed key).
    """
    shown = tuple(variants) or (() if question.is_generated else (Variant(),))
    located = LocatedQuestion(question, file, lines or {}, sound=True)
    subject = Subject(DrawnQuestion(located, shown), tuple(demanded))
    found = dict.fromkeys(finding for rule in RULES for finding in rule(subject))
    return sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def errors_in(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]
