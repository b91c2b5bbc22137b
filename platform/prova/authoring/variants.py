"""The drawn variants of a draft's content: what is previewed, checked and published.

The web process draws nothing. A question without numbers of its own has its one empty variant; a draft that changes
nothing a draw depends on keeps the variants of the version it is based on; anything else is drawn by a worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from prova.accounts.models import User
from prova.authoring.models import Draft
from prova.drawing.models import DrawRequest, DrawState
from prova.drawing.variants import DraftVariants, Found, request_variants
from prova.drawing.variants import variants_of as drawn_for
from questionbank.definition import QuestionDefinition
from questionbank.draw_fingerprint import draw_fingerprint
from questionbank.models import QuestionVersion
from questionbank.questions import definition_of, variant_of
from questionbank.variant import Variant


@dataclass(frozen=True)
class Drawn:
    #: To be shown and checked; may be of an earlier text where `is_current` is false.
    variants: tuple[Variant, ...] = ()
    #: Drawn for exactly this content, so that they may be published.
    is_current: bool = False
    #: What the table of variants shows; None: the question draws nothing, or cannot be read yet.
    found: DraftVariants | None = None
    #: Number of the published version whose variants are kept.
    kept_from: int | None = None


def variants_of(draft: Draft, definition: QuestionDefinition | None, *, is_sound: bool = True) -> Drawn:
    """Of the draft when it says this; at most three queries."""
    if definition is None or not definition.is_generated:
        return Drawn((Variant(),), is_current=True)
    published = draft.based_on
    if is_sound and published is not None and _draws_alike(definition_of(published), definition):
        variants = _of_version(published)
        found = DraftVariants(Found.DRAWN, definition, variants)
        return Drawn(variants, True, found, kept_from=published.number)
    found = drawn_for(draft.pk, definition)
    if found.state == Found.DRAWN:
        return Drawn(found.variants, True, found)
    return Drawn(_earlier(draft), False, found)


def ask_for_variants(
    draft: Draft, definition: QuestionDefinition, person: User, *, again: bool = False
) -> None:
    """Where there are none for this content. Asking twice asks once; `again`: also where they were drawn, which gives
    others only after a generator or the reference library has changed."""
    drawn = variants_of(draft, definition)
    if drawn.found is not None and (again or not drawn.is_current):
        request_variants(draft.pk, draft.revision, definition, person, again=again)


def _draws_alike(before: QuestionDefinition, now: QuestionDefinition) -> bool:
    return draw_fingerprint(before) == draw_fingerprint(now)


def _of_version(version: QuestionVersion) -> tuple[Variant, ...]:
    return tuple(variant_of(each) for each in version.variants.order_by("number"))


def _earlier(draft: Draft) -> tuple[Variant, ...]:
    """The newest there are, so that the preview goes on while new ones are drawn."""
    request = DrawRequest.objects.filter(draft=draft, state=DrawState.DRAWN).order_by("-ended_at").first()
    if request is not None:
        return tuple(Variant.from_json(each) for each in request.drawn.get("variants", []))
    return _of_version(draft.based_on) if draft.based_on else ()
