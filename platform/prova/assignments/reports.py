"""The door for what graders send: parsed, checked and cleaned before anything of it is stored. Pure."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from grader.report import GradingReport, Outcome, ProgressNote, Verdict
from prova.assignments.texts import storable

MAX_CHECKS = 500
#: values, and characters of text, of a whole message; the largest of our exercises needs a fiftieth of either
MAX_VALUES, MAX_CHARACTERS = 200_000, 4 << 20


def read_report(message: Mapping[str, Any]) -> GradingReport:
    """ValueError: not a report that a sound grader would send."""
    _must_be_small(message)
    report = GradingReport.from_message(storable(dict(message)))
    if not isinstance(report.versions, Mapping) or not _is_all_text(_texts_of(report)):
        raise ValueError("a text of the report is not a text")
    if not all(type(value) in (str, int, float, bool) for value in _plain_values_of(report)):
        raise ValueError("a number of the report is not a number")
    if report.outcome is Outcome.GRADED:
        _must_add_up(report)
    return report


def must_be_of(report: GradingReport, metadata: Mapping[str, Any]) -> None:
    """ValueError: its checks are not those of the exercise, each with its points, hidden ones hidden.

    `metadata`: of the exercise's row. A grader that is not ours any more may lie about results, and about nothing else.
    """
    wanted = {check["name"]: (float(check["points"]), check["visible"]) for check in metadata["checks"]}
    given = {check.name: (float(check.max_points), check.visible) for check in report.checks}
    if given != wanted or len(report.checks) != len(wanted):
        names = sorted(name for name in {*given, *wanted} if given.get(name) != wanted.get(name))
        raise ValueError(f"not the checks of the exercise: {', '.join(names[:5]) or 'one is there twice'}")


def _must_be_small(message: object) -> None:
    """Counted without recursion, before anything is built from it."""
    values, characters, left = 0, 0, [message]
    while left:
        value = left.pop()
        values += 1
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, Mapping):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple):
            left += value
        if values + len(left) > MAX_VALUES or characters > MAX_CHARACTERS:
            raise ValueError("too large for a report")


def _must_add_up(report: GradingReport) -> None:
    if not report.checks or len(report.checks) > MAX_CHECKS:
        raise ValueError("no checks, or too many")
    hidden = {check.name for check in report.checks if not check.visible}
    details = [detail.name for detail in report.hidden_details]
    if not set(details) <= hidden or len(details) != len(set(details)):
        raise ValueError("details of a check that is not hidden, or twice of one")
    for check in report.checks:
        _number(check.max_points)
        if not 0 <= _number(check.points) <= check.max_points:
            raise ValueError(f"check {check.name} has {check.points} of {check.max_points} points")
        if check.verdict is Verdict.SYSTEM_ERROR:
            raise ValueError(f"check {check.name} failed on our side, yet the report calls itself graded")
    for total, parts in (
        (report.score, [check.points for check in report.checks]),
        (report.max_score, [check.max_points for check in report.checks]),
    ):
        if not math.isclose(_number(total), math.fsum(parts), rel_tol=1e-6, abs_tol=1e-6):
            raise ValueError(f"the checks add up to {math.fsum(parts)}, not to {total}")


def _texts_of(report: GradingReport) -> Iterator[object]:
    yield from (report.exercise, report.exercise_version, report.printed, report.profile, report.failure)
    yield from (report.cpu_model, *report.versions, *report.versions.values())
    checks = (*report.checks, *report.hidden_details)
    for message in (report.load_error, *report.notices, *(check.message for check in checks)):
        if message is not None:
            yield from (message.key, *message.params)
    for check in checks:
        yield from (check.name, check.slip or "", check.got or "", check.expected or "", check.check_bug)
        yield check.cause
        for call in check.example:
            yield from (call.function, *call.arguments, call.returned or "")


def _plain_values_of(report: GradingReport) -> Iterator[object]:
    """What templates count, round or compare."""
    checks = (*report.checks, *report.hidden_details)
    for message in (report.load_error, *report.notices, *(check.message for check in checks)):
        if message is not None:
            yield from message.params.values()
    usage = report.usage
    numbers = [report.cpu_scale, *(n for check in checks for n in (check.calls, check.cpu_s, check.runs))]
    for number in (*numbers, usage.cpu_s, usage.wall_s, usage.peak_bytes, usage.sessions):
        yield _number(number)


def _is_all_text(values: Iterable[object]) -> bool:
    return all(type(value) is str for value in values)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise ValueError(f"{value!r} is not a number")
    return value


def read_progress(message: Mapping[str, Any]) -> ProgressNote:
    """ValueError: not a progress note."""
    note = ProgressNote.from_message(storable(dict(message)))
    whole = (note.submission_id, note.done, note.total)
    if any(type(number) is not int for number in whole) or not 0 <= note.done <= note.total <= MAX_CHECKS:
        raise ValueError("not a progress note: its counts make no sense")
    texts = (note.nonce, note.check, note.verdict, note.kind)
    if any(type(text) is not str or len(text) > 200 for text in texts):
        raise ValueError("not a progress note: its names make no sense")
    return note
