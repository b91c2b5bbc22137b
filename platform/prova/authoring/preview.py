"""A draft as a learner will see it: the real item in the real templates, and what it says after an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prova.courses.texts import text_in
from questionbank.definition import QuestionDefinition
from questionbank.finding_texts import told as in_language
from questionbank.items import Feedback, Item, ParseProblem, Presentation, bind
from questionbank.items.hotspot import Hotspot
from questionbank.items.hotspot_view import regions_html
from questionbank.items.messages import explain
from questionbank.rendering import RenderingProblem
from questionbank.variant import Variant

SEED = 0


@dataclass(frozen=True)
class PreviewedItem:
    """Stands where a page of a quiz has the row of an attempt."""

    pk: str = "preview"
    position: int = 1
    points: float = 1.0
    score: float | None = None


@dataclass(frozen=True)
class Preview:
    """Has what the templates of a card and of a result read."""

    item: PreviewedItem
    presentation: Presentation | None
    #: Why there is nothing to show yet.
    problem: str = ""
    #: Why the tried answer could not be read.
    refused: str = ""
    feedback: Feedback | None = None
    answer_text: str = ""
    source: str = ""
    objective_html: str = ""
    convention_html: str = ""
    #: The picture with all regions on it; empty where none are marked.
    regions_html: str = ""


def preview_of(
    definition: QuestionDefinition | None,
    variant: Variant | None,
    language: str,
    answer: Sequence[str] | None,
) -> Preview:
    """`answer` is what the form sent, None where nothing is tried. Never raises for what an author may type."""
    item = PreviewedItem()
    if definition is None or not definition.texts:
        return Preview(item, None, problem=_("The preview appears when the question has its first text."))
    if variant is None:
        return Preview(item, None, problem=_("The preview appears when the numbers have been drawn."))
    try:
        return _shown(bind(definition, variant, "preview"), language, answer)
    except RenderingProblem as problem:
        return Preview(item, None, problem=in_language(str(problem), get_language() or "en"))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError):
        # An unsound definition: what is missing stands at its field.
        return Preview(
            item, None, problem=_("The preview appears when the problems at the fields are solved.")
        )


def _shown(bound: Item, language: str, answer: Sequence[str] | None) -> Preview:
    parsed = bound.parse({"answer": list(answer)}, language=language) if answer is not None else None
    refused = explain(parsed, language) if isinstance(parsed, ParseProblem) else ""
    response = None if isinstance(parsed, ParseProblem) else parsed
    presentation = bound.present(seed=SEED, language=language, response=response)
    shown = presentation.language
    phrases = [text_in(each, shown) for each in (bound.question.objective, bound.question.convention)]
    objective, convention = (
        "" if phrase.strip().lower() in {"", "none", "nenhuma"} else bound.render(phrase, shown, inline=True)
        for phrase in phrases
    )
    told = (
        bound.feedback(response, seed=SEED, language=language) if answer is not None and not refused else None
    )
    return Preview(
        item=PreviewedItem(score=told.outcome.fraction if told else None),
        presentation=presentation,
        refused=refused,
        feedback=told,
        answer_text=answer[0] if answer else "",
        source=bound.question.source,
        objective_html=objective,
        convention_html=convention,
        regions_html=regions_html(bound, shown) if isinstance(bound, Hotspot) else "",
    )
