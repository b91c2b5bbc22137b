"""The variants of a draft: asked for, and looked at. What the editor calls.

request_variants(draft.pk, draft.revision, definition, person)
found = variants_of(draft.pk, definition)      # found.state: none | pending | drawn | failed
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import get_language

from prova.accounts.models import User
from prova.drawing import actions
from prova.drawing.models import DrawRequest, DrawState
from questionbank.definition import QuestionDefinition
from questionbank.draw_fingerprint import draw_fingerprint
from questionbank.draw_problem import DrawProblem, told
from questionbank.variant import Variant


class Found(StrEnum):
    NONE = "none"  #: nobody has asked yet
    PENDING = "pending"
    DRAWN = "drawn"
    FAILED = "failed"  #: `problem` says why, and whose turn it is


@dataclass(frozen=True)
class Redrawn:
    variant: int  #: from 1
    draw: int
    why: DrawProblem


@dataclass(frozen=True)
class DraftVariants:
    state: Found
    question: QuestionDefinition
    variants: tuple[Variant, ...] = ()
    redraws: tuple[Redrawn, ...] = ()
    problem: DrawProblem | None = None
    request_id: int | None = None
    requested_at: datetime | None = None

    def problem_text(self, language: str | None = None) -> str:
        """In the page's language, or the one named. Empty: there is none."""
        return told(self.problem, language or get_language() or "en") if self.problem else ""

    @property
    def waits_s(self) -> float:
        return (timezone.now() - self.requested_at).total_seconds() if self.requested_at else 0.0


def request_variants(
    draft_id: int, revision: int, question: QuestionDefinition, person: User, *, again: bool = False
) -> DraftVariants:
    """Asks a worker, unless these very variants were drawn or asked for already. `again`: in any case."""
    if not question.is_generated:
        return _static(question)
    return found_in(actions.ask_to_draw(draft_id, revision, question, person, again=again))


def variants_of(draft_id: int, question: QuestionDefinition) -> DraftVariants:
    """Of the question as it stands now; a change of words keeps what was drawn. One query."""
    if not question.is_generated:
        return _static(question)
    asked = DrawRequest.objects.filter(draft_id=draft_id, fingerprint=draw_fingerprint(question)).first()
    return found_in(asked, question) if asked else DraftVariants(Found.NONE, question)


def _static(question: QuestionDefinition) -> DraftVariants:
    return DraftVariants(Found.DRAWN, question, (Variant(),))


_STATES: Mapping[str, Found] = {
    DrawState.WAITING: Found.PENDING,
    DrawState.RUNNING: Found.PENDING,
    DrawState.DRAWN: Found.DRAWN,
    DrawState.REFUSED: Found.FAILED,
    DrawState.FAILED: Found.FAILED,
}


def found_in(request: DrawRequest, question: QuestionDefinition | None = None) -> DraftVariants:
    redraws = request.drawn.get("redraws", [])
    return DraftVariants(
        state=_STATES[request.state],
        question=question or QuestionDefinition.from_json(request.question),
        variants=tuple(Variant.from_json(data) for data in request.drawn.get("variants", [])),
        redraws=tuple(
            Redrawn(each["variant"], each["draw"], DrawProblem.from_json(each["why"])) for each in redraws
        ),
        problem=DrawProblem.from_json(request.problem) if request.problem else None,
        request_id=request.pk,
        requested_at=request.requested_at,
    )
