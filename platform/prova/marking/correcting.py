"""What a correction makes of each answer: for the preview, and for applying it. Changes nothing in the database."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from prova.accounts.models import User
from prova.marking.actions.history import Before
from prova.marking.carrying import Obstacle, carried
from prova.marking.models import ChangeKind, MarkChange, Remedy
from prova.marking.outdated import outdated_items
from prova.quizzes.actions.scoring import set_outcome, set_totals
from prova.quizzes.models import Attempt, AttemptItem, Quiz, Response
from prova.quizzes.responses import newest_responses
from questionbank.items import Marking
from questionbank.models import QuestionVersion, Variant
from questionbank.questions import item_of


@dataclass(frozen=True, kw_only=True)
class AttemptShift:
    attempt: Attempt
    learner: User
    item_before: Before
    item_after: Before
    before: Before  #: the whole attempt
    after: Before
    obstacle: Obstacle | None

    @property
    def shift(self) -> float:
        """The difference of the attempt's shares, -1 to 1."""
        difference = _share(self.after) - _share(self.before)
        return 0.0 if abs(difference) < 1e-9 else difference

    @property
    def changes(self) -> bool:
        return self.item_before != self.item_after


def _share(mark: Before) -> float:
    return (mark.score or 0.0) / mark.points if mark.points else 0.0


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What answers are scored anew with."""

    version: QuestionVersion
    remedy: Remedy
    variants: Mapping[int, Variant]  #: of the version, by number
    adjusted: Set[int]  #: items whose score somebody set by hand, last of all
    responses: Mapping[int, Response]  #: the newest, by item

    @classmethod
    def of(cls, version: QuestionVersion, remedy: Remedy, items: Sequence[AttemptItem]) -> "Corrected":
        """Three queries."""
        return cls(
            version=version,
            remedy=remedy,
            variants={variant.number: variant for variant in version.variants.all()},
            adjusted=_adjusted(items),
            responses=newest_responses([item.pk for item in items]),
        )


def correct_in_memory(item: AttemptItem, by: Corrected) -> Obstacle | None:
    """Gives `item` its new values, unsaved. An obstacle: it stays as it is. `item` with version and variant."""
    if by.remedy is Remedy.DROP:
        item.points, item.score, item.pending = 0.0, 0.0, Marking.NONE
        return None
    if by.remedy is Remedy.FULL_MARKS:
        item.score = item.points
        if item.pending:
            item.pending = Marking.NONE
            item.outcome = {**(item.outcome or {}), "fraction": 1.0, "verdict": "right"}
        return None
    if item.pk in by.adjusted:
        return Obstacle.ADJUSTED
    variant = by.variants.get(item.variant.number)
    if variant is None:
        return Obstacle.VARIANT
    response = by.responses.get(item.pk)
    new = item_of(by.version, variant)
    marks = (item.outcome or {}).get("marks") or {}
    found = carried(item_of(item.version, item.variant), new, response.value if response else None, marks)
    if isinstance(found, Obstacle):
        return found
    item.version, item.variant = by.version, variant
    set_outcome(item, found, new.needs_marking)
    return None


def preview(quiz: Quiz, version: QuestionVersion, remedy: Remedy) -> list[AttemptShift]:
    """Of every attempt that would be looked at: the greatest loss first. Nobody's mark is touched."""
    items = list(
        outdated_items(quiz, version).select_related(
            "attempt__quiz", "attempt__learner", "version", "variant"
        )
    )
    by = Corrected.of(version, remedy, items)
    others = _siblings(items)
    return sorted(
        (_shift(item, others[item.attempt_id], by) for item in items),
        key=lambda shift: (shift.shift, shift.learner.name()),
    )


def _adjusted(items: Sequence[AttemptItem]) -> set[int]:
    newest = (
        MarkChange.objects.filter(attempt_item__in=[item.pk for item in items])
        .order_by("attempt_item_id", "-pk")
        .distinct("attempt_item_id")
        .values_list("attempt_item_id", "kind")
    )
    return {item for item, kind in newest if kind == ChangeKind.ADJUSTMENT}


def _siblings(items: Sequence[AttemptItem]) -> dict[int, list[AttemptItem]]:
    found: dict[int, list[AttemptItem]] = {}
    for each in AttemptItem.objects.filter(attempt__in={item.attempt_id for item in items}):
        found.setdefault(each.attempt_id, []).append(each)
    return found


def _shift(item: AttemptItem, siblings: Sequence[AttemptItem], by: Corrected) -> AttemptShift:
    attempt = item.attempt
    before = Before(score=attempt.score, points=attempt.max_score)
    item_before = Before.of(item)
    obstacle = correct_in_memory(item, by)
    set_totals(attempt, [item if each.pk == item.pk else each for each in siblings])
    after = Before(score=attempt.score, points=attempt.max_score)
    return AttemptShift(
        attempt=attempt,
        learner=attempt.learner,
        item_before=item_before,
        item_after=Before.of(item),
        before=before,
        after=after if obstacle is None else replace(before),
        obstacle=obstacle,
    )
