"""Hints of a question as one attempt knows them: those that were taken, and the price of the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from prova.quizzes.models import AttemptItem, HintTaken
from questionbank.items import Item


@dataclass(frozen=True)
class ShownHint:
    number: int  #: from 1
    cost: float  #: in points
    text_html: str


@dataclass(frozen=True)
class NextHint:
    """Its text is not in here: it is nobody's before it is taken."""

    number: int
    cost: float  #: in points


@dataclass(frozen=True)
class Hints:
    language: str
    total: int
    taken: tuple[ShownHint, ...]
    next: NextHint | None

    @property
    def cost(self) -> float:
        """Of those taken, in points."""
        return sum(hint.cost for hint in self.taken)


def taken_hints(items: Sequence[AttemptItem]) -> dict[int, int]:
    """How many hints were taken, by attempt item. No query where no question has hints."""
    with_hints = [item.pk for item in items if item.version.content.get("hints")]
    taken: dict[int, int] = {}
    if with_hints:
        for item, number in HintTaken.objects.filter(attempt_item__in=with_hints).values_list(
            "attempt_item_id", "number"
        ):
            taken[item] = max(taken.get(item, 0), number)
    return taken


def hints_of(bound: Item, item: AttemptItem, taken: int, language: str) -> Hints | None:
    """None: the question has no hints."""
    hints = bound.question.hints
    if not hints:
        return None
    shown, text = bound.text(language)
    return Hints(
        language=shown,
        total=len(hints),
        taken=tuple(
            ShownHint(number, hint.cost * item.points, bound.render(text.hints[hint.id], shown))
            for number, hint in enumerate(hints[:taken], start=1)
        ),
        next=NextHint(taken + 1, hints[taken].cost * item.points) if taken < len(hints) else None,
    )
