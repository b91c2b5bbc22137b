"""A report as a person reads it in a terminal, in Portuguese or English."""

import math
from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from grader.messages import explain, number, text_in
from grader.references import Reference, reference_of
from grader.report import CheckResult, GradingReport, Message, Outcome, Verdict
from grader.report_texts import TextsOfReport
from grader.same_reasons import same_as
from grader.shown_report import placed_report, visible_throughout
from grader.terminal_pictures import picture_lines
from grader.uploads.upload import Upload

_WORDS = {
    "passed": {"en": "passed", "pt-br": "passou"},
    "carried": {"en": "right, given another mistake", "pt-br": "certo, dado outro erro"},
    "partial": {"en": "part of the points", "pt-br": "parte dos pontos"},
    "failed": {"en": "failed", "pt-br": "falhou"},
    "stopped": {"en": "stopped", "pt-br": "interrompida"},
    "not_run": {"en": "not run", "pt-br": "não executada"},
    "points": {"en": "points", "pt-br": "pontos"},
    "expected": {"en": "expected", "pt-br": "esperado"},
    "got": {"en": "got", "pt-br": "obtido"},
    "formula": {"en": "formula", "pt-br": "fórmula"},
    "source": {"en": "source", "pt-br": "fonte"},
    "hidden": {"en": "hidden inputs", "pt-br": "entradas ocultas"},
    "printed": {"en": "Your code printed:", "pt-br": "O seu código imprimiu:"},
    "score": {"en": "Score", "pt-br": "Nota"},
    "of": {"en": "of", "pt-br": "de"},
    "bug": {
        "en": "For the instructor: the check stumbled:",
        "pt-br": "Para o instrutor: a própria verificação teve um erro:",
    },
}
_STYLES = {
    "passed": ("✓", "green"),
    "carried": ("✓", "green"),
    "partial": ("~", "yellow"),
    "failed": ("✗", "red"),
    "stopped": ("✗", "red"),
    "not_run": ("–", "yellow"),
}


def word(key: str, language: str) -> str:
    return text_in(_WORDS[key], language)


def print_report(
    report: GradingReport,
    exercise: TextsOfReport,
    language: str,
    console: Console | None = None,
    upload: Upload | None = None,
) -> None:
    console = console or Console(highlight=False, soft_wrap=False)
    report = visible_throughout(_with_its_upload(report, upload))
    console.print(Text(text_in(exercise.titles, language), style="bold"))
    console.print()
    if report.load_error is not None:
        console.print(Text(f"✗ {explain(report.load_error, language, exercise.messages)}", style="red"))
        console.print()
    first_of = same_as(report.checks)
    for check in report.checks if report.load_error is None else ():
        for line in check_lines(check, exercise, language, first_of.get(check.name)):
            console.print(line)
    for notice in report.notices:
        console.print(Text(f"• {explain(notice, language, exercise.messages)}", style="yellow"))
    if report.notices:
        console.print()
    if report.printed.strip():
        console.print(Text(word("printed", language), style="dim"))
        console.print(Text(report.printed.rstrip(), style="dim"))
        console.print()
    console.print(_last_line(report, language))


def _with_its_upload(report: GradingReport, upload: Upload | None) -> GradingReport:
    if upload is None:
        return report
    report = placed_report(report, cells=upload.cells, file=upload.file_of_lines)
    return replace(report, notices=(*upload.notices, *report.notices))


def check_lines(
    check: CheckResult, exercise: TextsOfReport, language: str, first: str | None = None
) -> Iterator[RenderableType]:
    """`first`: the check that has said the same before."""
    state = state_of(check.verdict)
    icon, style = _STYLES[state]
    points = f"{_score(check.points, language)} {word('of', language)} {_score(check.max_points, language)}"
    head = Text.assemble(
        (f"{icon} {word(state, language)}", style), "  ", (exercise.check_title(check.name, language), "bold")
    )
    notes = [f"{points} {word('points', language)}", *([] if check.visible else [word("hidden", language)])]
    yield head.append(f"  ({', '.join(notes)})", style="dim")
    if first is not None:
        same = Message(key="same_problem", params={"check": first})
        yield Padding(Text(explain(same, language, exercise.messages)), (0, 0, 0, 4))
        return
    if check.message is not None:
        yield Padding(Text(explain(check.message, language, exercise.messages)), (0, 0, 0, 4))
    if check.runs > 1:
        repeated = Message(key="ran_several_times", params={"runs": check.runs})
        yield Padding(Text(explain(repeated, language)), (0, 0, 0, 4))
    for call in check.example:
        came_back = f"  → {call.returned}" if call.returned is not None else ""
        shown = Text.assemble((f"{call.function}({', '.join(call.arguments)})", "cyan"), came_back)
        yield Padding(shown, (0, 0, 0, 6))
    for key, value in (("got", check.got), ("expected", check.expected)):
        if value is not None:
            yield Padding(Text.assemble((f"{word(key, language)}: ", "dim"), value), (0, 0, 0, 6))
    yield from _reference_lines(reference_of(check, exercise.references), language)
    for picture in check.pictures:
        yield Padding(Text("\n".join(picture_lines(picture, language))), (0, 0, 0, 6))
    if check.check_bug:
        yield Padding(Text(f"{word('bug', language)} {check.check_bug}", style="yellow"), (0, 0, 0, 6))


def _reference_lines(reference: Reference, language: str) -> Iterator[RenderableType]:
    """The formula as TeX, since a terminal sets no fractions."""
    shown = (("formula", reference.formula), ("source", text_in(reference.source, language)))
    for key, value in shown:
        if value:
            yield Padding(Text.assemble((f"{word(key, language)}: ", "dim"), value), (0, 0, 0, 6))


def state_of(verdict: Verdict) -> str:
    if verdict.earns_all:
        return "carried" if verdict is Verdict.CARRIED else "passed"
    if verdict is Verdict.PARTIAL:
        return "partial"
    if verdict is Verdict.NOT_RUN:
        return "not_run"
    return "failed" if verdict in {Verdict.WRONG_ANSWER, Verdict.ERROR} else "stopped"


def _last_line(report: GradingReport, language: str) -> Text:
    if report.outcome is Outcome.SYSTEM_ERROR:
        return Text(f"{report.outcome}: {report.failure}", style="red")
    score = f"{_score(report.score, language)} {word('of', language)} {_score(report.max_score, language)}"
    full = math.isclose(report.score, report.max_score)
    line = Text.assemble(f"{word('score', language)}: ", (score, "bold green" if full else "bold"))
    details = [f"{number(round(report.usage.wall_s, 2), language)} s"] if report.usage.wall_s else []
    details += [f"sandbox {report.profile}"] if report.profile else []
    return line.append(f"  ({', '.join(details)})" if details else "", style="dim")


def _score(value: float, language: str) -> str:
    return number(float(value), language)
