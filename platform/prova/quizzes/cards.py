"""What a page shows of one question of an attempt while it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.utils.html import escape

from prova.quizzes.answered import answered_items
from prova.quizzes.hints import Hints, hints_of, taken_hints
from prova.quizzes.models import Attempt, AttemptItem, Response
from prova.quizzes.points import point_fields, typed_points_of
from questionbank.items import Item, ParseProblem, Presentation
from questionbank.items.choice import SingleChoice
from questionbank.items.guessing import penalty_of_guessing
from questionbank.items.hotspot_pages import PresentedPoint
from questionbank.items.messages import explain, phrase
from questionbank.questions import item_of


@dataclass(frozen=True)
class Card:
    """Nothing in here, nor in what it points to that a template prints, is the key or an explanation."""

    item: AttemptItem
    presentation: Presentation
    raw: tuple[str, ...]
    saved_at: datetime | None
    #: why the saved answer could not be understood, in the item's language
    problem: str
    is_answered: bool
    #: (code, name) of the language the whole item could be shown in instead
    other_language: tuple[str, str] | None
    #: None: the question has none
    hints: Hints | None = None
    response_id: int = 0  #: of the saved answer; 0: none
    #: as of a `Mark`: a card is on the page
    is_elsewhere: ClassVar[bool] = False
    is_out_of_reach: ClassVar[bool] = False

    @property
    def guess_cost(self) -> float:
        """What a wrong answer costs where guessing is penalised, in points; 0 for what is not guessed."""
        if self.presentation.type != SingleChoice.type:
            return 0.0
        return self.item.points * penalty_of_guessing(len(self.presentation.options))

    @property
    def answer_text(self) -> str:
        return self.raw[0] if self.raw else ""

    @property
    def source_text(self) -> str:
        """Of code: what was written, or what one starts from."""
        return self.answer_text if self.raw else self.presentation.starter

    @cached_property
    def field_names(self) -> str:
        """Of the form fields that hold the answer: rows of radio buttons have one each."""
        name = f"item-{self.item.pk}"
        rows = range(1, len(self.presentation.rows) + 1)
        gaps = (gap.field for gap in self.presentation.gaps)
        return ",".join(
            [name, *(f"{name}.{part}" for part in (*rows, *gaps, *point_fields(self.presentation)))]
        )

    @property
    def unread_text(self) -> str:
        """What was typed and does not count."""
        return "; ".join(gap.text for gap in self.presentation.gaps if gap.problem) or self.answer_text

    @property
    def points(self) -> list[PresentedPoint]:
        """Of a picture to be marked, as they were typed."""
        return typed_points_of(self.presentation, self.raw)

    @property
    def baseline(self) -> str:
        """The answer the page started from; a plain form post changes only what differs from it."""
        return baseline_of(self.raw or ((self.presentation.starter,) if self.presentation.starter else ()))


def baseline_of(raw: Sequence[str]) -> str:
    return " ".join(raw)


def cards_of(attempt: Attempt, language: str, page: int | None = None) -> list[Card]:
    """Of one page of the paper, or of all."""
    found = answered_items(attempt, page)
    taken = taken_hints([each.item for each in found])
    return [card_of(each.item, each.newest, language, taken.get(each.item.pk, 0)) for each in found]


def card_of(item: AttemptItem, response: Response | None, language: str, taken: int | None = None) -> Card:
    """`taken`: how many hints, where the caller knows."""
    taken = taken_hints([item]).get(item.pk, 0) if taken is None else taken
    bound = item_of(item.version, item.variant)
    shown_in = item.language or language
    value = response.value if response else None
    presentation = bound.present(seed=item.seed, language=shown_in, response=value)
    raw = tuple(response.raw) if response else ()
    return Card(
        item=item,
        presentation=presentation,
        raw=raw,
        saved_at=response.saved_at if response else None,
        problem=_problem(bound, raw, shown_in) if raw and value is None else _gap_problems(presentation),
        is_answered=any(raw) and not (value is not None and bound.is_blank(value)),
        other_language=_other_language(bound, presentation.language),
        hints=hints_of(bound, item, taken, shown_in),
        response_id=response.pk if response else 0,
    )


def _problem(bound: Item, raw: Sequence[str], language: str) -> str:
    parsed = bound.parse({"answer": list(raw)}, language=language)
    return explain(parsed, language) if isinstance(parsed, ParseProblem) else ""


def _gap_problems(presentation: Presentation) -> str:
    """Each under the number the page gives its gap."""
    name = phrase("gaps.gap", presentation.language)
    found = [(gap.number, gap.problem) for gap in presentation.gaps if gap.problem]
    return " ".join(f"{name.format(number=number)}: {problem}" for number, problem in found)


def _other_language(bound: Item, shown: str) -> tuple[str, str] | None:
    names = {"en": "English", "pt-br": "Português"}
    for code, _name in settings.LANGUAGES:
        if code != shown and code in bound.question.texts:
            return code, names[code]
    return None


def stored_answer_html(shown: Presentation, response: Response) -> str:
    """A saved answer in short, for who has to choose between two: what was chosen or typed, never what is right."""
    chosen = [option.text_html for option in shown.options if option.chosen]
    if shown.options:
        return "; ".join(chosen)
    if shown.rows:
        labels = (choice.label for row in shown.rows for choice in row.choices if choice.chosen)
        return escape(", ".join(filter(None, labels)))
    return escape("; ".join(response.raw)[:200])
