"""What is wrong with a question as it stands in the editor, and at which field. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from prova.authoring.forms.content import UNREAD, Content, mapping
from prova.authoring.forms.places import field_of
from prova.authoring.forms.values import UnreadableYaml, from_yaml
from questionbank.definition import QuestionDefinition
from questionbank.finding_texts import told
from questionbank.findings import Finding, Severity
from questionbank.formats.yaml_file import LocatedQuestion, read_questions
from questionbank.linting import lint_question
from questionbank.variant import Variant

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
FILE = Path("draft")


@dataclass(frozen=True)
class Remark:
    """A finding at its field; `field` is empty where it speaks of the whole question."""

    field: str
    message: str
    is_error: bool
    rule: str = ""

    def text(self, language: str) -> str:
        """`message` is in English."""
        return told(self.message, language)


@dataclass(frozen=True)
class Judgement:
    #: None: not even a question.
    definition: QuestionDefinition | None
    #: Whether the definition says everything it must; only then are the rules asked.
    sound: bool
    remarks: tuple[Remark, ...]
    #: As `sound`, whatever stands in YAML fields that cannot be read.
    is_readable: bool = False

    @property
    def errors(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.is_error)

    @property
    def warnings(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if not remark.is_error)


def judged(
    content: Content, topic: str, variants: Sequence[Variant], *, demanded: Sequence[str] = ()
) -> Judgement:
    """Reads the question as from a file and asks the rules. Without variants, what depends on them is not asked.

    `demanded`: languages that a question must have.
    """
    written = {name: value for name, value in content.items() if name != UNREAD}
    text = yaml.dump(
        {"topic": topic, "questions": [written]},
        Dumper=_DUMPER,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )
    found = read_questions(text, FILE)
    located = found.questions[0] if found.questions else None
    unread = tuple(_unread(content))
    findings = list(found.findings)
    sound = located is not None and located.sound and not findings
    if located is not None and sound:
        findings = lint_question(
            located.definition, variants, demanded=demanded, file=FILE, lines=located.lines
        )
    remarks = dict.fromkeys(_remark(finding, located, content) for finding in findings)
    ordered = sorted(remarks, key=lambda remark: not remark.is_error)
    definition = located.definition if located else None
    return Judgement(definition, sound and not unread, (*unread, *ordered), is_readable=sound)


def _unread(content: Content) -> list[Remark]:
    remarks = []
    for name, text in mapping(content.get(UNREAD)).items():
        try:
            from_yaml(str(text))
        except UnreadableYaml as problem:
            remarks.append(Remark(name, str(problem), is_error=True, rule="yaml"))
    return remarks


def _remark(finding: Finding, located: LocatedQuestion | None, content: Content) -> Remark:
    place = _place(finding, located)
    return Remark(
        field_of(place, content), finding.message, finding.severity is Severity.ERROR, rule=finding.rule
    )


def _place(finding: Finding, located: LocatedQuestion | None) -> tuple[str | int, ...]:
    if finding.place:
        return finding.place
    if located is None:
        return ("topic",) if finding.line == 1 else ()
    if finding.line == 1:
        return ("topic",)
    at_line = [place for place, line in located.lines.items() if line == finding.line and place]
    return max(at_line, key=len, default=())
