"""The texts of an exercise that a report is read with. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from grader.messages import Texts, text_in
from grader.references import Reference


class TextsOfReport(Protocol):
    """An exercise has them, and so has what a site sends along with a report."""

    @property
    def titles(self) -> Texts: ...

    @property
    def messages(self) -> Mapping[str, Texts]: ...

    @property
    def references(self) -> Mapping[str, Reference]: ...

    def check_title(self, name: str, language: str) -> str: ...


@dataclass(frozen=True, kw_only=True)
class ReportTexts:
    titles: Texts
    messages: Mapping[str, Texts]
    references: Mapping[str, Reference] = field(default_factory=dict)

    def check_title(self, name: str, language: str) -> str:
        return text_in(self.messages.get(f"checks.{name}", {}), language) or name.replace("_", " ")
