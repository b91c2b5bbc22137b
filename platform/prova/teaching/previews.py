"""A question as a learner will see it, with what only an instructor may see. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from prova.courses.texts import text_in
from questionbank.definition import QuestionDefinition
from questionbank.items import Feedback, Item, Presentation
from questionbank.items.gaps import Gaps
from questionbank.items.messages import phrase
from questionbank.items.numeric import Numeric
from questionbank.items.short_answer import ShortAnswer
from questionbank.items.tolerance import accepted_range
from questionbank.rendering.numbers import format_number
from questionbank.typed import GapKind
from questionbank.variant import Shown

_TOLERANCES = {
    "absolute": _("give or take %(value)s"),
    "relative": _("give or take %(value)s %% of the number"),
    "decimal_places": _("right to so many decimal places: %(value)s"),
    "significant_digits": _("right to so many significant digits: %(value)s"),
    "geometric": _("up to %(value)s times more or less"),
}
#: Options keep the order of one seed, so that both languages can be compared line by line.
SEED = 0


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A known-wrong value of a numeric question."""

    id: str
    value: str
    explanation_html: str


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What counts as one answer, as a known mistake, or in one gap."""

    name: str  #: id of the answer, or "Gap 2"
    texts: str
    fraction: float
    explanation_html: str = ""


@dataclass(frozen=True, kw_only=True)
class Face:
    """One variant in one language, with the key."""

    language: str
    objective_html: str
    convention_html: str
    presentation: Presentation
    feedback: Feedback
    accepted: str  #: the numbers that count as right; empty for choice items
    slips: tuple[Slip, ...]
    params: tuple[tuple[str, str], ...]  #: what the generator drew
    wordings: tuple[Wording, ...] = ()  #: of short answers and of gaps that take words

    @property
    def key_html(self) -> str:
        return self.feedback.right_answer_html


def face_of(item: Item, language: str) -> Face:
    shown, _ = item.text(language)
    return Face(
        language=shown,
        objective_html=item.render(text_in(item.question.objective, shown), shown, inline=True),
        convention_html=item.render(text_in(item.question.convention, shown), shown, inline=True),
        presentation=item.present(seed=SEED, language=shown),
        feedback=item.feedback(item.right_response(), seed=SEED, language=shown),
        accepted=_accepted(item, shown),
        slips=tuple(_slips(item, shown)),
        params=tuple(_values(item.variant.params, shown)),
        wordings=tuple(_wordings(item, shown)),
    )


def _accepted(item: Item, language: str) -> str:
    if not isinstance(item, Numeric):
        return ""
    ends = [format_number(end, language) for end in accepted_range(item.tolerance, item.key)]
    return " … ".join(dict.fromkeys(ends))


def tolerance_text(question: QuestionDefinition, language: str) -> str:
    """In words; empty for choice items."""
    tolerance = question.tolerance
    if tolerance is None:
        return ""
    if tolerance.kind == "interval":
        return " … ".join(
            format_number(end, language) for end in (tolerance.low, tolerance.high) if end is not None
        )
    value = tolerance.value
    if tolerance.kind == "relative":
        value = round(100 * value, 9)
    elif tolerance.kind == "geometric":
        value = round(1 + value, 9)
    return str(_TOLERANCES[tolerance.kind]) % {"value": format_number(value, language)}


def _slips(item: Item, language: str) -> Iterator[Slip]:
    if not isinstance(item, Numeric):
        return
    _, text = item.text(language)
    for slip, value in item.slips.items():
        yield Slip(
            id=slip,
            value=format_number(value, language),
            explanation_html=item.render(text.slips.get(slip, ""), language),
        )


def _wordings(item: Item, language: str) -> Iterator[Wording]:
    """In the language shown, then those that the other languages add."""
    _, text = item.text(language)
    languages = sorted(item.question.texts, key=lambda tongue: tongue != language)
    if isinstance(item, ShortAnswer):
        for answer, fraction in item.fractions.items():
            texts = [each for tongue in languages for each in item.wordings(answer, tongue)]
            why = text.slips.get(answer, "")
            yield Wording(
                name=answer,
                texts="; ".join(dict.fromkeys(texts)),
                fraction=fraction,
                explanation_html=item.render(why, language) if why else "",
            )
    if isinstance(item, Gaps):
        for gap in item.present(seed=SEED, language=language).gaps:
            if gap.kind == GapKind.TEXT:
                bound = list(item.gaps.values())[int(gap.field[1:]) - 1]
                texts = [each for tongue in languages for each in bound.wordings(tongue)]
                name = phrase("gaps.gap", language).format(number=gap.number)
                yield Wording(name=name, texts="; ".join(dict.fromkeys(texts)), fraction=1.0)


def _values(values: Mapping[str, Shown], language: str) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        parts = value if isinstance(value, list) else [value]
        yield (
            name,
            "; ".join(part if isinstance(part, str) else format_number(part, language) for part in parts),
        )
