"""From marks to an outcome: the same for a person's levels and for an exercise's checks."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar

from questionbank.items.base import Item, Response
from questionbank.items.feedback import Feedback
from questionbank.items.outcome import ItemOutcome, ItemVerdict, Marks

#: Answers to be marked are read by people and sent to the sandbox; nobody writes more in an exam.
MAX_CHARS = 20_000


class MarkedItem(Item):
    """Waits to be marked once it is answered; the two kinds differ in who marks it and what the marks are."""

    max_answer_chars: ClassVar[int] = MAX_CHARS

    def score(self, response: Response | None) -> ItemOutcome:
        return ItemOutcome(0.0, ItemVerdict.BLANK if self.is_blank(response) else ItemVerdict.PENDING)

    def score_marked(self, response: Response | None, marks: Marks) -> ItemOutcome:
        return self.score(response) if self.is_blank(response) else self.score_answered(marks)

    def feedback(self, response: Response | None, *, seed: int | str, language: str) -> Feedback:
        return self.feedback_on(response, self.score(response), language)

    def feedback_marked(
        self, response: Response | None, marks: Marks, *, seed: int | str, language: str
    ) -> Feedback:
        return self.feedback_on(response, self.score_marked(response, marks), language)

    @abstractmethod
    def score_answered(self, marks: Marks) -> ItemOutcome:
        """ValueError: the marks do not fit the question."""

    @abstractmethod
    def feedback_on(self, response: Response | None, outcome: ItemOutcome, language: str) -> Feedback: ...


def marked(points: Iterable[tuple[float, float]], marks: Marks) -> ItemOutcome:
    """`points`: (earned, most) of every part. ValueError: nothing can be earned, or a part earns too much."""
    parts = list(points)
    if any(not 0 <= earned <= most for earned, most in parts):
        raise ValueError(f"more than a part is worth, or less than nothing: {parts}")
    most = sum(part for _, part in parts)
    if most <= 0:
        raise ValueError("nothing can be earned")
    fraction = 1.0 if all(earned == part for earned, part in parts) else sum(e for e, _ in parts) / most
    return ItemOutcome(fraction, verdict_of(fraction), marks=dict(marks))


def verdict_of(fraction: float) -> ItemVerdict:
    if fraction >= 1:
        return ItemVerdict.RIGHT
    return ItemVerdict.PARTLY if fraction > 0 else ItemVerdict.WRONG


def typed(texts: Iterable[str]) -> str:
    """What was typed into one text area: browsers send line ends as CR LF, whatever was typed."""
    return "\n".join(texts).replace("\r\n", "\n").replace("\r", "\n")


def exactly(names: Iterable[str], marks: Mapping[str, object]) -> None:
    """ValueError: the marks are of other parts than these."""
    wanted, given = set(names), set(marks)
    if wanted != given:
        raise ValueError(f"marks of {sorted(given)} where {sorted(wanted)} are to be marked")
