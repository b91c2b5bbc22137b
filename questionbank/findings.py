"""What is wrong with an authored file: where, what, and what to do. The author's turn, always."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    #: Nothing with an error is published.
    ERROR = "error"
    #: Worth a look; publishing goes on.
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    file: Path
    line: int
    rule: str
    #: One sentence of what is wrong and one of what to do.
    message: str
    question: str = ""
    severity: Severity = Severity.ERROR
    #: Inside the question, as keys and list positions: ("texts", "en", "options", "steps", "text"). Empty: all of it.
    place: tuple[str | int, ...] = field(default=(), compare=False)

    def text(self, language: str) -> str:
        """The message in a language of the pages; `message` is in English."""
        from questionbank.finding_texts import told  # here, since its texts are not read where nobody asks

        return told(self.message, language)

    def __str__(self) -> str:
        about = f"{self.question}: " if self.question else ""
        return f"{self.file}:{self.line}: {self.severity} [{self.rule}] {about}{self.message}"
