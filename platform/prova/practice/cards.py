"""What a page shows of one turn: while it is open, and when it is answered. Has what the quiz's templates read."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.practice.models import PracticeTurn
from prova.quizzes.points import typed_points_of
from prova.quizzes.result_cards import NO_CONVENTION
from questionbank.items import Feedback, Item, Presentation
from questionbank.items.hotspot_pages import PresentedPoint
from questionbank.questions import item_of


@dataclass(frozen=True)
class PractisedItem:
    """Stands where a page of a quiz has the row of an attempt."""

    pk: int
    score: float | None = None
    position: int = 1
    points: float = 1.0
    pending: str = ""


@dataclass(frozen=True)
class OpenCard:
    """Nothing in here, nor in what it points to that a template prints, is the key or an explanation."""

    item: PractisedItem
    presentation: Presentation
    raw: tuple[str, ...]
    hints_html: tuple[str, ...]

    @property
    def answer_text(self) -> str:
        return self.raw[0] if self.raw else ""

    @property
    def points(self) -> list[PresentedPoint]:
        return typed_points_of(self.presentation, self.raw)


@dataclass(frozen=True)
class AnsweredCard:
    item: PractisedItem
    presentation: Presentation
    feedback: Feedback
    answer_text: str
    source: str
    objective_html: str
    convention_html: str
    raw: tuple[str, ...]
    hints: None = None
    marked: None = None


def open_card(turn: PracticeTurn, raw: Sequence[str], language: str) -> OpenCard:
    """`raw`: what was typed and could not be taken."""
    bound = item_of(turn.version, turn.variant)
    parsed = bound.parse({"answer": list(raw)}, language=language) if raw else None
    response = parsed if isinstance(parsed, dict) else None
    shown = bound.present(seed=turn.seed, language=language, response=response)
    text = bound.text(shown.language)[1]
    hints = tuple(bound.render(text.hints[hint.id], shown.language) for hint in bound.question.hints)
    return OpenCard(PractisedItem(turn.pk), shown, tuple(raw), hints)


def answered_card(turn: PracticeTurn, language: str) -> AnsweredCard:
    bound = item_of(turn.version, turn.variant)
    shown = bound.present(seed=turn.seed, language=language, response=turn.response)
    return AnsweredCard(
        item=PractisedItem(turn.pk, score=turn.fraction),
        presentation=shown,
        feedback=bound.feedback(turn.response, seed=turn.seed, language=language),
        answer_text=turn.raw[0] if turn.raw else "",
        source=bound.question.source,
        objective_html=_phrase(bound, dict(bound.question.objective), shown.language),
        convention_html=_phrase(bound, dict(bound.question.convention), shown.language),
        raw=tuple(turn.raw),
    )


def _phrase(bound: Item, texts: dict[str, str], language: str) -> str:
    text = texts.get(language, "")
    return "" if text.strip().lower() in NO_CONVENTION else bound.render(text, language, inline=True)
