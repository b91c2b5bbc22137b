"""What a page shows of one question of an attempt: while it is taken, and when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.html import escape

from prova.marking.shown import Marked, marked_of
from prova.quizzes.hints import Hints, hints_of, taken_hints
from prova.quizzes.models import Attempt, AttemptItem, Response
from prova.quizzes.points import point_fields, typed_points_of
from prova.quizzes.responses import newest_responses
from questionbank.items import Feedback, Item, ItemVerdict, Marking, ParseProblem, Presentation
from questionbank.items.choice import SingleChoice
from questionbank.items.guessing import penalty_of_guessing
from questionbank.items.hotspot_pages import PresentedPoint
from questionbank.items.messages import explain, phrase
from questionbank.kept import give_questions
from questionbank.questions import item_of

#: what authors write where nothing is agreed on
NO_CONVENTION = {"", "none", "nenhuma"}


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

    @property
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


@dataclass(frozen=True)
class ResultCard:
    item: AttemptItem
    presentation: Presentation
    feedback: Feedback
    answer_text: str
    source: str
    objective_html: str
    convention_html: str
    marked: Marked | None = None
    is_plain: bool = False  #: the quiz does not tell the key
    #: Only those taken; None: none was
    hints: Hints | None = None
    #: Set by `disclosed`: nothing on the page may tell the points earned, or whether the answer is right.
    hides_score: bool = False
    hides_verdict: bool = False


def baseline_of(raw: Sequence[str]) -> str:
    return " ".join(raw)


def cards_of(attempt: Attempt, language: str, page: int | None = None) -> list[Card]:
    """Of one page of the paper, or of all."""
    items = list(attempt.items.select_related("section"))
    items = [item for item in items if page is None or item.page == page]
    give_questions(items)
    newest = newest_responses([item.pk for item in items])
    taken = taken_hints(items)
    return [card_of(item, newest.get(item.pk), language, taken.get(item.pk, 0)) for item in items]


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


def result_cards_of(attempt: Attempt, language: str, *, for_instructor: bool = False) -> list[ResultCard]:
    items = list(attempt.items.select_related("section"))
    give_questions(items)
    newest = newest_responses([item.pk for item in items])
    marked = marked_of(attempt, items, for_instructor=for_instructor)
    taken = taken_hints(items)
    cards = [_result_card(item, newest.get(item.pk), marked[item.pk], language) for item in items]
    return [replace(card, hints=_hints(card, taken, language)) for card in cards]


def checked_card_of(item: AttemptItem, language: str) -> ResultCard:
    """While the attempt goes on; the item's score is worked out here and not stored."""
    newest = newest_responses([item.pk]).get(item.pk)
    card = _result_card(item, newest, None, language)
    item.score = card.feedback.outcome.fraction * item.points
    return replace(card, hints=_hints(card, taken_hints([item]), language))


def _hints(card: ResultCard, taken: Mapping[int, int], language: str) -> Hints | None:
    item = card.item
    bound = item_of(item.version, item.variant)
    return hints_of(bound, item, taken[item.pk], item.language or language) if item.pk in taken else None


def _result_card(
    item: AttemptItem, response: Response | None, marked: Marked | None, language: str
) -> ResultCard:
    bound = item_of(item.version, item.variant)
    shown_in = item.language or language
    value = response.value if response else None
    presentation = bound.present(seed=item.seed, language=shown_in, response=value)
    return ResultCard(
        item=item,
        presentation=presentation,
        feedback=_feedback(bound, item, value, shown_in),
        answer_text=response.raw[0] if response and response.raw else "",
        source=bound.question.source,
        objective_html=_phrase(bound, bound.question.objective, presentation.language),
        convention_html=_phrase(bound, bound.question.convention, presentation.language),
        marked=marked,
    )


def _feedback(bound: Item, item: AttemptItem, value: dict[str, Any] | None, language: str) -> Feedback:
    """With the outcome that counts: marks, and what was adjusted by hand, are known to the row only."""
    stored = item.outcome or {}
    marks = stored.get("marks")
    if marks and bound.needs_marking is not Marking.NONE:
        told = bound.feedback_marked(value, marks, seed=item.seed, language=language)
    else:
        told = bound.feedback(value, seed=item.seed, language=language)
    if not stored or stored["verdict"] == told.outcome.verdict:
        return told
    return replace(told, outcome=replace(told.outcome, verdict=ItemVerdict(stored["verdict"])))


def _phrase(bound: Item, texts: Mapping[str, str], language: str) -> str:
    text = texts.get(language, "")
    return "" if text.strip().lower() in NO_CONVENTION else bound.render(text, language, inline=True)


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
