"""What can go wrong, and whose turn it is then.

GradingError
├── BadExercise        the author: a file of the exercise is wrong; names the file and the remedy
├── BadSubmission      the learner: the file cannot even be handed to the sandbox (not UTF-8, too long)
└── Misconfigured      the operator: a setting is missing or makes no sense

The sandbox has errors of its own (grader/sandbox/errors.py): StudentError and SessionEnded are about the learner's
code and end as a verdict; SystemFailure is ours: the grading is tried again and costs the learner nothing.
"""

from pathlib import Path


class GradingError(Exception):
    """Root of the grader's own errors."""


class BadExercise(GradingError):
    """The author's turn: `file` says where, the text says what to do."""

    def __init__(self, file: Path | str, problem: str) -> None:
        self.file, self.problem = str(file), problem
        super().__init__(f"{file}: {problem}")


class BadSubmission(GradingError):
    """The learner's turn: this file cannot be graded as it is."""


class Misconfigured(GradingError):
    """The operator's turn: a setting is missing or wrong."""
