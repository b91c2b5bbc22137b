"""A report as it may be shown: places found again in what was uploaded, and no text that steers a terminal. Pure."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from grader.report import CheckResult, GradingReport, Message
from grader.uploads.places import placed
from grader.visible import visible


def placed_report(report: GradingReport, *, cells: Sequence[int] = (), file: str = "") -> GradingReport:
    """Lines as lines of cells, or of the main file where there are several; see `placed`."""

    def found(message: Message | None) -> Message | None:
        return message and placed(message, cells=cells, file=file)

    def found_in(checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        return tuple(replace(check, message=found(check.message)) for check in checks)

    return replace(
        report,
        load_error=found(report.load_error),
        checks=found_in(report.checks),
        hidden_details=found_in(report.hidden_details),
        notices=tuple(placed(notice, cells=cells, file=file) for notice in report.notices),
    )


def visible_throughout(value: Any) -> Any:
    """The same value with every text in it made visible: dataclasses, mappings and tuples all the way down."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {visible(key): visible_throughout(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(visible_throughout(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: visible_throughout(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return replace(value, **changed)
    return value
