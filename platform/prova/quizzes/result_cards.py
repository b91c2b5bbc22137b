"""What a page shows of one question of an attempt when it is over, or once its answer was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from prova.marking.shown import Marked, marked_of
from prova.quizzes.answered import answered_items
from prova.quizzes.hints import Hints, hints_of, taken_hints
from prova.quizzes.models import Attempt, AttemptItem, Response
from prova.quizzes.responses import newest_responses
from questionbank.items import Feedback, Item, ItemVerdict, Marking, Presentation
from questionbank.questions import item_of

#: what authors write where nothing is agreed on
NO_CONVENTION = {"", "none", "nenhuma"}


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


def result_cards_of(attempt: Attempt, language: str, *, for_instructor: bool = False) -> list[ResultCard]:
    found = answered_items(attempt)
    items = [each.item for each in found]
    marked = marked_of(attempt, items, for_instructor=for_instructor)
    taken = taken_hints(items)
    cards = [_result_card(each.item, each.newest, marked[each.item.pk], language) for each in found]
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
