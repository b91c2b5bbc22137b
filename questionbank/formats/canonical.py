"""A question file as it should be written; nothing of what the author wrote is lost, or it is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from questionbank.findings import Finding
from questionbank.formats.writing import write_file
from questionbank.formats.yaml_file import read_questions

_HEADER_WITH_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+#")


@dataclass(frozen=True)
class CanonicalFile:
    #: None: the findings say why the file stays as it is.
    text: str | None
    findings: tuple[Finding, ...] = ()


def canonical(text: str, path: Path) -> CanonicalFile:
    file = read_questions(text, path)
    findings = [*file.findings, *(_comment(path, line) for line in comment_lines(text))]
    if findings:
        return CanonicalFile(None, tuple(findings))
    questions = [question.definition for question in file.questions]
    if not questions:
        return CanonicalFile(text)
    return CanonicalFile(write_file(questions[0].topic, questions))


def _comment(path: Path, line: int) -> Finding:
    return Finding(
        path,
        line,
        "comment",
        "a comment would be lost when the file is written anew; make it a “note” of its question",
    )


def comment_lines(text: str) -> Iterator[int]:
    """The lines of a readable YAML text that hold a comment: everything behind a # that lies in no value."""
    values = [token for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken)]
    commented = {
        token.start_mark.line + 1
        for token in values
        if token.style in ("|", ">") and _HEADER_WITH_COMMENT.match(text, token.start_mark.index)
    }
    behind = 0
    for token in [*values, None]:
        between = text[behind : token.start_mark.index if token else len(text)]
        for found in re.finditer(r"(?:^|(?<=\s))#", between):
            commented.add(text.count("\n", 0, behind + found.start()) + 1)
        behind = token.end_mark.index if token else behind
    yield from sorted(commented)
