"""Which part of a paper one page shows, and how the others are reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from prova.quizzes.actions.locking import goes_one_way
from prova.quizzes.cards import Card
from prova.quizzes.models import Attempt, AttemptItem, Layout
from prova.quizzes.responses import newest_responses


@dataclass(frozen=True)
class Sheet:
    number: int
    count: int
    is_one_way: bool

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.count else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 and not self.is_one_way else None

    def is_leaving(self, wanted: str) -> bool:
        """Whether it is the page that an address, which may say anything, asks to leave for good."""
        return self.is_one_way and self.next is not None and wanted == str(self.number)

    def reaches(self, page: int) -> bool:
        return page == self.number or not self.is_one_way


@dataclass(frozen=True)
class Mark:
    """A question's place in the navigator; stands for a card that may be on another page."""

    item: AttemptItem
    is_answered: bool
    is_elsewhere: bool
    is_out_of_reach: bool


def sheet_of(attempt: Attempt, wanted: str) -> Sheet | None:
    """None: the whole paper is on one page. `wanted` comes from an address and may be anything."""
    if attempt.quiz.layout == Layout.ALL:
        return None
    count = attempt.items.aggregate(count=Max("page"))["count"] or 1
    if goes_one_way(attempt.quiz):
        return Sheet(min(attempt.page, count), count, is_one_way=True)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else 1
    return Sheet(min(max(number, 1), count), count, is_one_way=False)


def has_open_questions(attempt: Attempt, page: int) -> bool:
    """Nothing is stored, or what was stored is empty, for some question of the page."""
    items = list(attempt.items.filter(page=page).values_list("pk", flat=True))
    newest = newest_responses(items)
    return not all(item in newest and any(newest[item].raw) for item in items)


def marks_of(attempt: Attempt, sheet: Sheet | None, cards: Sequence[Card]) -> Sequence[Mark | Card]:
    """One per question of the paper; two queries where it has several pages."""
    if sheet is None:
        return cards
    items = list(attempt.items.all())
    newest = newest_responses([item.pk for item in items])
    here = {card.item.pk: card.is_answered for card in cards}
    return [
        Mark(
            item=item,
            is_answered=here.get(item.pk, item.pk in newest and any(newest[item.pk].raw)),
            is_elsewhere=item.page != sheet.number,
            is_out_of_reach=not sheet.reaches(item.page),
        )
        for item in items
    ]
