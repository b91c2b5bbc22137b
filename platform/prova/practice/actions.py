"""Asking a question, and taking its answer. Each is one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prova.accounts.models import User
from prova.courses.models import Course, Enrolment, Role
from prova.practice.choosing import Practised, next_question, next_variant
from prova.practice.models import PracticeTurn
from prova.practice.questions import Practisable, practisable
from prova.quizzes.drawing import SEED_BITS
from questionbank.items import Item, ParseProblem, Response
from questionbank.models import Variant
from questionbank.questions import item_of, latest_versions

#: Looking further back than this changes no choice that a learner would notice.
REMEMBERED = 500


class NotPractised(Exception):
    """The learner's turn: the question is held back, or there is none."""

    def text(self) -> str:
        return _(
            "This question cannot be practised now: a quiz that asks it is still to come, under way, or does not show its answers."
        )


class NothingToPractise(NotPractised):
    def text(self) -> str:
        return _("There is nothing to practise here yet. Hand in a quiz of this topic first.")


@dataclass(frozen=True)
class Answered:
    turn: PracticeTurn
    #: Why the answer was not taken; the turn is as it was.
    problem: ParseProblem | None = None
    is_empty: bool = False


@transaction.atomic
def begin_turn(
    person: User,
    course: Course,
    role: Role,
    *,
    topic: str | None = None,
    question: int | None = None,
    now: datetime | None = None,
) -> PracticeTurn:
    """A turn of the topic, or of the one question; the open one where there is one. NotPractised."""
    # One at a time per person and course; the constraint one_open_turn_per_question is the last resort.
    Enrolment.objects.select_for_update(no_key=True).get(course=course, user=person)
    allowed = practisable(person, course, role, now)
    wanted = [
        each
        for each in allowed
        if (topic is None or each.topic == topic) and (question is None or each.question_id == question)
    ]
    if not wanted:
        raise NotPractised if question is not None else NothingToPractise
    turns = list(
        PracticeTurn.objects.filter(
            learner=person, course=course, question__in=[each.question_id for each in wanted]
        ).order_by("-pk")[:REMEMBERED]
    )[::-1]
    chosen = _chosen(wanted, turns)
    open_turn = next(
        (turn for turn in turns if not turn.is_answered and turn.question_id == chosen.question_id), None
    )
    if open_turn is not None:
        return open_turn
    return _new_turn(person, course, chosen, turns, is_of_topic=question is None, now=now or timezone.now())


def _chosen(wanted: Sequence[Practisable], turns: Sequence[PracticeTurn]) -> Practisable:
    by_id = {each.question_id: each for each in wanted}
    waiting = next((turn for turn in reversed(turns) if not turn.is_answered), None)
    if waiting is not None:
        return by_id[waiting.question_id]
    return by_id[next_question(list(by_id), _practised(turns), secrets.randbits(30))]


def _practised(turns: Sequence[PracticeTurn]) -> list[Practised]:
    return [
        Practised(turn.question_id, turn.variant_id, turn.fraction)
        for turn in turns
        if turn.fraction is not None
    ]


def _new_turn(
    person: User,
    course: Course,
    chosen: Practisable,
    turns: Sequence[PracticeTurn],
    *,
    is_of_topic: bool,
    now: datetime,
) -> PracticeTurn:
    version = latest_versions([chosen.slug]).get()
    variants = list(Variant.objects.filter(version=version).order_by("number").values_list("pk", flat=True))
    practised = [turn for turn in _practised(turns) if turn.question_id == chosen.question_id]
    return PracticeTurn.objects.create(
        learner=person,
        course=course,
        question_id=chosen.question_id,
        version=version,
        variant_id=next_variant(variants, practised, secrets.randbits(30)),
        topic=chosen.topic,
        whole_topic=is_of_topic,
        seed=secrets.randbits(SEED_BITS),
        asked_at=now,
    )


@transaction.atomic
def answer_turn(
    turn_id: int,
    person: User,
    role: Role,
    raw: Sequence[str],
    *,
    language: str,
    gives_up: bool = False,
    now: datetime | None = None,
) -> Answered:
    """Scored once, for good; whoever answers again reads what was said. `gives_up`: an empty answer is one.

    NotPractised: a quiz that asks it has begun meanwhile. PracticeTurn.DoesNotExist: not this person's.
    """
    turn = (
        PracticeTurn.objects.select_for_update(no_key=True, of=("self",))
        .select_related("course", "version", "variant")
        .get(pk=turn_id, learner=person)
    )
    if turn.is_answered:
        return Answered(turn)
    if not is_practised(turn, person, role, now):
        raise NotPractised
    item = item_of(turn.version, turn.variant)
    now = now or timezone.now()
    if gives_up:
        _score(turn, item, None, [], language, now)
        return Answered(turn)
    response = item.parse({"answer": list(raw)}, language=language)
    if isinstance(response, ParseProblem):
        return Answered(turn, problem=response)
    if item.is_blank(response):
        return Answered(turn, is_empty=True)
    _score(turn, item, response, raw, language, now)
    return Answered(turn)


def _score(
    turn: PracticeTurn,
    item: Item,
    response: Response | None,
    raw: Sequence[str],
    language: str,
    now: datetime,
) -> None:
    outcome = item.score(response)
    turn.response, turn.raw, turn.language = response, list(raw), language
    turn.outcome, turn.fraction, turn.answered_at = asdict(outcome), outcome.fraction, now
    turn.save(update_fields=["response", "raw", "language", "outcome", "fraction", "answered_at"])


def is_practised(turn: PracticeTurn, person: User, role: Role, now: datetime | None = None) -> bool:
    """Whether its question may be shown with its key now."""
    return any(each.question_id == turn.question_id for each in practisable(person, turn.course, role, now))
