"""A grading report as a page shows it: words, marks and sentences in one language. Nothing is decided here.

A hidden check shows its verdict and its points; what it found is shown to whom `hidden_details` lets read it.
"""

from dataclasses import dataclass, replace

from django.utils.translation import get_language

from grader.report import GradingReport
from grader.shown_report import placed_report
from prova.assignments.check_views import (
    CheckView,
    check_view,
    listed_checks,
    seen_beside_others,
    with_same_reasons,
)
from prova.assignments.hidden_details import details_of
from prova.assignments.models import Submission
from prova.assignments.texts import visible
from prova.assignments.uploads import upload_of
from prova.assignments.verdict_texts import VerdictTexts

__all__ = ["CheckView", "ReportView", "listed_checks", "report_view"]


@dataclass(frozen=True, kw_only=True)
class ReportView:
    checks: tuple[CheckView, ...]
    score: float
    max_score: float
    passed: int
    load_error: str
    printed: str

    @property
    def is_full_mark(self) -> bool:
        return bool(self.checks) and self.passed == len(self.checks)


def report_view(
    submission: Submission, language: str | None = None, *, for_instructor: bool = False
) -> ReportView | None:
    """None: not graded. `submission.exercise` and `submission.assignment` are read."""
    if submission.report is None:
        return None
    upload = upload_of(submission)
    report = GradingReport.from_message(submission.report)
    # The page says the others above the report, from the moment the file was handed in.
    report = replace(report, notices=tuple(n for n in report.notices if n not in upload.notices))
    report = placed_report(report, cells=upload.cells, file=upload.file_of_lines)
    texts = VerdictTexts.of(submission.exercise.metadata, language or get_language() or "en")
    details = details_of(submission, for_instructor=for_instructor)
    results = seen_beside_others(report.checks)
    views = [check_view(check, texts, details.get(check.name)) for check in results]
    checks = with_same_reasons([details.get(check.name, check) for check in results], views)
    return ReportView(
        checks=checks,
        score=report.score,
        max_score=report.max_score,
        passed=sum(check.passed for check in checks),
        load_error=texts.sentence(report.load_error),
        printed=visible(report.printed),
    )
