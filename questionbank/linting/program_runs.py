"""The output of every program, proved by running it: only for the authored files of this installation, which are trusted.

Not among the rules: whoever lints what came over the web must never run it.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator

from questionbank.findings import Finding
from questionbank.items.code_reading import CodeReading
from questionbank.items.output_lines import lines_of
from questionbank.linting.subject import Subject

TIME_LIMIT_S = 20
_SHOWN_CHARACTERS = 200


class ProgramFailed(ValueError):
    """The author's turn: the program ends with an error, or does not end."""


def output_of(code: str, time_limit_s: float = TIME_LIMIT_S) -> str:
    """What the program prints, in a process and an empty environment of its own. Raises ProgramFailed."""
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-c", code],
            capture_output=True,
            text=True,
            timeout=time_limit_s,
            env={"OMP_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProgramFailed(f"it does not end within {time_limit_s} s") from None
    if ended.returncode:
        raise ProgramFailed(ended.stderr.strip().rpartition("\n")[2])
    return ended.stdout


def unproved_outputs(subjects: Iterable[Subject]) -> Iterator[Finding]:
    for subject in subjects:
        if subject.question.type != "code_reading":
            continue
        for number, variant in enumerate(subject.variants):
            item = CodeReading(subject.question, variant)
            try:
                printed = output_of(item.code)
            except ProgramFailed as problem:
                yield _finding(subject, f"variant {number}: the program fails: {problem}; correct it")
                continue
            if lines_of(printed) != lines_of(item.output):
                yield _finding(
                    subject,
                    f"variant {number}: the program prints {printed[:_SHOWN_CHARACTERS]!r}, the key is "
                    f"{item.output[:_SHOWN_CHARACTERS]!r}; make them equal",
                )


def _finding(subject: Subject, message: str) -> Finding:
    return subject.finding("program", message, "program")
