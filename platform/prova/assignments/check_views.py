"""One check as a page shows it: its word, its sentences, the input that fails, and what is drawn of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from grader.messages import explain
from grader.picture_findings import finding
from grader.report import CheckResult, Message, ShownCall, Verdict
from grader.same_reasons import reason
from prova.assignments.differences import Piece, marked
from prova.assignments.drawings import Drawing, PointsCurve, draw_picture, draw_points_curve
from prova.assignments.texts import visible
from prova.assignments.verdict_texts import VerdictTexts
from prova.assignments.verdict_words import OVER, WAITING, WORDS, Word


@dataclass(frozen=True)
class PictureView:
    id: str  #: on the page
    title: str  #: what there is to see
    drawing: Drawing


@dataclass(frozen=True, kw_only=True)
class CheckView:
    name: str
    title: SafeString
    is_visible: bool
    points: float
    max_points: float
    word: Word
    passed: bool
    sentence: str = ""
    slip: SafeString | str = ""
    formula: SafeString | str = ""  #: MathML
    source: str = ""  #: of the formula
    calls: tuple[str, ...] = ()  #: the smallest failing input, one line of Python each
    expected: tuple[Piece, ...] = ()
    got: tuple[Piece, ...] = ()
    pictures: tuple[PictureView, ...] = ()
    points_curve: PointsCurve | None = None
    runs: int = 1
    is_explained: bool = False  #: a hidden check, shown as a visible one is
    same_as: "CheckView | None" = None  #: an earlier check that failed for the same reason
    cpu_ms: float = 0.0
    call_count: int = 0
    check_bug: str = ""  #: for instructors

    @property
    def has_body(self) -> bool:
        return not self.passed or bool(self.sentence or self.points_curve or self.pictures or self.runs > 1)


def seen_beside_others(checks: Sequence[CheckResult]) -> list[CheckResult]:
    """What a hidden check says depends on whether there is something visible to correct first."""
    visible_failed = any(check.visible and not check.verdict.earns_all for check in checks)
    return [
        replace(check, message=Message(key="hidden_failed_too"))
        if visible_failed and check.message is not None and check.message.key == "hidden_failed"
        else check
        for check in checks
    ]


def check_view(check: CheckResult, texts: VerdictTexts, detail: CheckResult | None = None) -> CheckView:
    """`detail`: what a hidden check found, where the reader may know; its verdict takes the place of "wrong"."""
    told = detail or check
    passed = told.verdict.earns_all
    view = CheckView(
        name=check.name,
        title=texts.title(check.name),
        is_visible=check.visible,
        points=check.points,
        max_points=check.max_points,
        word=WORDS[told.verdict],
        passed=passed,
        sentence=texts.sentence(_but_the_slip(told)),
        slip="" if passed else texts.slip(told),
        formula=texts.formula(told),
        source=texts.source(told),
        runs=told.runs,
        cpu_ms=told.cpu_s * 1000,
        call_count=told.calls,
        check_bug=visible(told.check_bug),
        is_explained=detail is not None,
    )
    may_show = (check.visible or detail is not None) and told.verdict is not Verdict.CARRIED
    return _with_example(view, told, texts.language) if may_show else view


def with_same_reasons(checks: Sequence[CheckResult], views: Sequence[CheckView]) -> tuple[CheckView, ...]:
    """A mistake that breaks eight checks is explained once; the others refer to the first."""
    first: dict[object, CheckView] = {}
    linked = []
    for check, view in zip(checks, views, strict=True):
        told = reason(check)
        linked.append(replace(view, same_as=first.get(told)) if told else view)
        if told:
            first.setdefault(told, view)
    return tuple(linked)


def listed_checks(
    metadata: Mapping[str, Any], verdicts: Mapping[str, str] | None = None, *, done: int = 0
) -> list[CheckView]:
    """The checks of an exercise before their report: on the exercise page, and while grading goes on.

    In the order of grading: hidden ones last. Of some of the `done` first ones a verdict is known already.
    """
    texts = VerdictTexts.of(metadata, get_language() or "en")
    in_order = sorted(metadata["checks"], key=lambda check: not check["visible"])
    return [
        _listed(check, (verdicts or {}).get(check["name"]), texts, is_over=index < done)
        for index, check in enumerate(in_order)
    ]


def _listed(check: Mapping[str, Any], verdict: str | None, texts: VerdictTexts, is_over: bool) -> CheckView:
    known = WORDS[Verdict(verdict)] if verdict in set(Verdict) else None
    return CheckView(
        name=check["name"],
        title=texts.title(check["name"]),
        is_visible=check["visible"],
        points=0.0,
        max_points=check["points"],
        word=known or (OVER if is_over else WAITING),
        passed=verdict == Verdict.PASSED,
    )


def _but_the_slip(check: CheckResult) -> Message | None:
    """The slip has a place of its own; saying it twice would not make it clearer."""
    return None if check.slip and check.message and check.message.key == check.slip else check.message


def _with_example(view: CheckView, check: CheckResult, language: str) -> CheckView:
    expected, got = visible(check.expected or ""), visible(check.got or "")
    pieces = marked(expected, got) if expected and got else ((Piece(expected),), (Piece(got),))
    share = check.points / check.max_points if check.max_points else 0.0
    return replace(
        view,
        calls=tuple(_line(call) for call in check.example),
        expected=pieces[0] if expected else (),
        got=pieces[1] if got else (),
        pictures=tuple(_pictures(check, language)),
        points_curve=draw_points_curve(check.metric, share, language) if check.metric else None,
    )


def _pictures(check: CheckResult, language: str) -> list[PictureView]:
    return [
        PictureView(
            id=f"picture-{check.name}-{number}",
            title=explain(finding(picture), language),
            drawing=draw_picture(picture, language),
        )
        for number, picture in enumerate(check.pictures, start=1)
    ]


def _line(call: ShownCall) -> str:
    line = f"{call.function}({', '.join(call.arguments)})"
    return visible(line if call.returned is None else f"{line}\n# → {call.returned}")
