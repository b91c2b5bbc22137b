"""A submission's report as values that its learner may have, and the texts that go with them. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.report import CheckResult, GradingReport, Usage
from grader.shown_report import placed_report
from grader.uploads.upload import Upload


def learner_report(message: Mapping[str, Any], upload: Upload) -> GradingReport:
    """Without what is for instructors and operators; lines as places of the upload."""
    report = GradingReport.from_message(message)
    own = tuple(notice for notice in report.notices if notice not in upload.notices)
    shown = replace(
        report,
        nonce="",
        checks=tuple(replace(check, check_bug="", cause="") for check in report.checks),
        notices=(*upload.notices, *own),
        hidden_details=(),
        usage=Usage(),
        versions={},
        cpu_model="",
        profile="",
        failure="",
    )
    return placed_report(shown, cells=upload.cells, file=upload.file_of_lines)


def texts_for(report: GradingReport, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Titles, sentences and references: of the exercise's mistakes only those that the report names."""
    named = {key for check in report.checks for key in _keys(check)}
    named |= {message.key for message in (report.load_error, *report.notices) if message}

    def picked(table: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in table.items() if key in named or key.startswith("checks.")}

    return {
        "titles": metadata["titles"],
        "messages": picked(metadata["messages"]),
        "references": picked(metadata.get("references", {})),
    }


def _keys(check: CheckResult) -> set[str]:
    """Not what stands in the parameters: a learner's program may write there."""
    return {check.message.key if check.message else "", check.slip or ""}
