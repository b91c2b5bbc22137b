"""A quiz as an author writes it down. What is None the file does not say, so it stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prova.gradebook.policies import Counts
from questionbank.selection import Selection


class BadDefinition(ValueError):
    """The file does not describe quizzes; the author's turn. The text says what and where."""


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    slug: str
    points: float = 1.0
    pin: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedPool:
    source: Selection
    draws: int = 1
    points: float = 1.0
    pin: str = ""


Asked = AskedQuestion | AskedPool


@dataclass(frozen=True, kw_only=True)
class SectionDefinition:
    titles: Mapping[str, str] = field(default_factory=dict)
    instructions: Mapping[str, str] = field(default_factory=dict)
    is_shuffled: bool = False
    asks: tuple[Asked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuizDefinition:
    slug: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    time_limit_s: int | None
    attempts_allowed: int | None
    counts: Counts
    asks: tuple[Asked, ...] = ()  #: before all sections
    sections: tuple[SectionDefinition, ...] = ()
    opens_at: datetime | None = None
    start_until: datetime | None = None
    closes_at: datetime | None = None
    closing_cuts: bool | None = None
    feedback_policy: str | None = None
    tells: tuple[str, ...] | None = None  #: of "score", "key", "explanations"
    layout: str | None = None
    is_one_way: bool | None = None
    networks: tuple[str, ...] | None = None
    needs_password: bool = (
        False  #: the word itself is in no file, and whether it is published is decided where it is
    )
    languages: tuple[str, ...] | None = None
    guessing_penalty: bool | None = None
    marks_blind: bool | None = None
    is_published: bool = True  #: False: still in preparation

    @property
    def all_asked(self) -> tuple[Asked, ...]:
        return (*self.asks, *(asked for section in self.sections for asked in section.asks))

    @property
    def slugs(self) -> list[str]:
        """Of the questions that every attempt asks."""
        return [asked.slug for asked in self.all_asked if isinstance(asked, AskedQuestion)]
