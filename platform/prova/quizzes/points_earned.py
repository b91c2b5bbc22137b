"""From what an item says of an answer to the share of its points that the answer earns in this quiz."""

from collections.abc import Iterable

from prova.quizzes.hints import taken_hints
from prova.quizzes.models import AttemptItem
from questionbank.definition import QuestionDefinition
from questionbank.items import ItemOutcome, ItemVerdict
from questionbank.items.guessing import with_guessing_penalty
from questionbank.items.hints import after_hints


def share_of(
    question: QuestionDefinition, outcome: ItemOutcome, costs: Iterable[float], *, guessing_penalty: bool
) -> float:
    """-1 to 1: below 0 only where guessing is penalised. `costs` of the hints taken, as shares of the points."""
    fraction = with_guessing_penalty(question, outcome) if guessing_penalty else outcome.fraction
    return after_hints(fraction, costs)


def share_earned(item: AttemptItem, outcome: ItemOutcome, taken: int | None = None) -> float:
    """`taken`: how many hints, where the caller knows. Asks the database only where it matters."""
    if outcome.verdict in (ItemVerdict.BLANK, ItemVerdict.PENDING):
        return outcome.fraction
    content = item.version.content
    if not content.get("hints") and content["type"] != "single_choice":
        return outcome.fraction
    question = QuestionDefinition.from_json(content)
    if taken is None:
        taken = taken_hints([item]).get(item.pk, 0)
    costs = [hint.cost for hint in question.hints[:taken]]
    return share_of(question, outcome, costs, guessing_penalty=item.attempt.quiz.guessing_penalty)
