"""How each question of a quiz did, from the first finished attempt of every learner.

First attempts only: whoever has read the explanations answers a different question.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from statistics import StatisticsError, correlation, fmean
from typing import Any

from prova.bank.figures import LEAST_FOR_DISCRIMINATION
from prova.courses.texts import text_in
from prova.quizzes.models import AttemptItem, Quiz, QuizItem
from questionbank.items import Item
from questionbank.items.gaps import Gaps
from questionbank.items.rows import RowItem
from questionbank.items.short_answer import ShortAnswer
from questionbank.models import Variant
from questionbank.questions import item_of


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An option, a known slip of a numeric question, or the right answer of a row, and how often it was given."""

    id: str
    text_html: str  #: empty: the newest version knows no such option
    is_key: bool
    count: int
    share: float  #: of those who answered
    right_html: str = ""  #: of a row: what it is to be answered with


@dataclass(frozen=True, kw_only=True)
class QuestionFigures:
    position: int
    slug: str
    topic: str
    title: str
    language: str  #: of the title and the options
    has_variants: bool
    answers: int  #: blank ones not counted
    blanks: int
    pending: int  #: answers still to be marked; no figure counts them
    facility: float | None  #: mean share of the points; a blank earns none, and guessing may cost some
    #: correlation of the share with that of the rest of the attempt, -1 to 1; None: too few, or all alike
    discrimination: float | None
    choices: tuple[Choice, ...]


def figures_of(quiz: Quiz, language: str) -> list[QuestionFigures]:
    """In the quiz's order, of a pool only what some attempt has met; three queries."""
    outcomes = _outcomes(quiz)
    items = quiz.items.select_related("question")
    met = [item for item in items if item.pool_id is None or outcomes[item.pk]]
    # After a corrected key answers may have been scored with a newer version than the quiz asks.
    versions = {
        item.pk: max([item.version_id or 0, *(given.version for given in outcomes[item.pk])]) for item in met
    }
    variants: dict[int | None, list[Variant]] = defaultdict(list)
    for variant in Variant.objects.filter(version__in=versions.values()).select_related("version"):
        variants[variant.version_id].append(variant)
    return [_figures(item, variants[versions[item.pk]], outcomes[item.pk], language) for item in met]


@dataclass(frozen=True, kw_only=True)
class _Given:
    """One answer, or a blank."""

    share: float  #: of the points; of no meaning while it is pending
    rest: float | None  #: of the points of the other questions of the attempt; None: there were none
    outcome: dict[str, Any]
    is_pending: bool
    version: int  #: that it was scored with


def _outcomes(quiz: Quiz) -> defaultdict[int, list[_Given]]:
    """By quiz item."""
    rows = (
        AttemptItem.objects.filter(
            attempt__quiz=quiz,
            attempt__is_preview=False,
            attempt__number=1,
            attempt__submitted_at__isnull=False,
            score__isnull=False,
            points__gt=0,
        )
        .order_by()
        .values_list(
            "quiz_item_id",
            "score",
            "points",
            "outcome",
            "pending",
            "attempt__score",
            "attempt__max_score",
            "version_id",
        )
    )
    found: defaultdict[int, list[_Given]] = defaultdict(list)
    for item, score, points, outcome, pending, total, most, version in rows:
        others = (most or 0.0) - points
        given = _Given(
            share=(score or 0.0) / points,
            rest=((total or 0.0) - (score or 0.0)) / others if others > 0 else None,
            outcome=outcome or {},
            is_pending=bool(pending),
            version=version,
        )
        found[item].append(given)
    return found


def discrimination(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Of (share of the question, share of the rest): how far who does well elsewhere does well here."""
    if len(pairs) < 2:
        return None
    here, elsewhere = zip(*pairs, strict=True)
    try:
        return correlation(here, elsewhere)
    except StatisticsError:  # all alike
        return None


def _figures(
    item: QuizItem,
    variants: Sequence[Variant],
    given: Sequence[_Given],
    language: str,
) -> QuestionFigures:
    bound = item_of(variants[0].version, variants[0])
    shown, _ = bound.text(language)
    outcomes = [each for each in given if not each.is_pending]
    answered = [each.outcome for each in outcomes if each.outcome.get("verdict") != "blank"]
    pairs = [(each.share, each.rest) for each in outcomes if each.rest is not None]
    return QuestionFigures(
        position=item.position,
        slug=item.question.slug,
        topic=item.question.topic,
        title=text_in(bound.question.objective, shown),
        language=shown,
        has_variants=len(variants) > 1,
        answers=len(answered),
        blanks=len(outcomes) - len(answered),
        pending=len(given) - len(outcomes),
        facility=fmean(each.share for each in outcomes) if outcomes else None,
        discrimination=discrimination(pairs) if len(answered) >= LEAST_FOR_DISCRIMINATION else None,
        choices=tuple(_choices(bound, shown, answered)),
    )


def _choices(bound: Item, language: str, answered: Sequence[dict[str, Any]]) -> Iterable[Choice]:
    texts = bound.question.texts[language]
    chosen = Counter(option for outcome in answered for option in outcome.get("chosen") or ())
    slips = Counter(outcome["slip"] for outcome in answered if outcome.get("slip"))

    def choice(id: str, text: str, is_key: bool, count: int) -> Choice:
        return Choice(
            id=id,
            text_html=bound.render(text, language, inline=True) if text else "",
            is_key=is_key,
            count=count,
            share=count / len(answered) if answered else 0.0,
        )

    if isinstance(bound, RowItem):
        right_rows = Counter(row for outcome in answered for row in outcome.get("right_rows") or ())
        for name, right in bound.key.items():
            yield replace(
                choice(name, texts.options[name].text, True, right_rows[name]),
                right_html=bound.choice_text(right, texts, language),
            )
        return
    if isinstance(bound, Gaps):
        right_rows = Counter(gap for outcome in answered for gap in outcome.get("right_rows") or ())
        rows = bound.feedback(None, seed=0, language=language).rows
        for (name, _), row in zip(bound.in_stem(language), rows, strict=True):
            given = choice(name, "", True, right_rows[name])
            yield replace(given, text_html=row.text_html, right_html=row.right_html)
        return
    if isinstance(bound, ShortAnswer):
        for answer, fraction in bound.fractions.items():
            count = slips[answer] if answer in bound.question.slips else chosen[answer]
            wordings = escape("; ".join(bound.wordings(answer, language)))
            yield replace(choice(answer, "", fraction >= 1, count), text_html=wordings)
        return
    for option in bound.question.options:
        yield choice(option.id, texts.options[option.id].text, option.correct, chosen.pop(option.id, 0))
    for gone, count in chosen.most_common():
        yield choice(gone, "", False, count)
    if not bound.question.options:
        right = sum(outcome.get("verdict") == "right" for outcome in answered)
        yield choice("key", "", True, right)
        for slip in bound.question.slips:
            yield choice(slip, texts.slips.get(slip, ""), False, slips.get(slip, 0))
