"""What a learner is told about a mark that a regrade has changed."""

from dataclasses import dataclass

from prova.assignments.models import Submission
from prova.gradebook.policies import Score
from prova.regrades.models import Outcome, RegradeItem


@dataclass(frozen=True, kw_only=True)
class Notice:
    before: Score
    note: str


def notice_of(submission: Submission) -> Notice | None:
    """None: no regrade has changed it, which asks the database nothing."""
    if submission.regraded_at is None:
        return None
    live = submission.regrade_items.filter(outcome=Outcome.LIVE).select_related("regrade").defer("old_report")
    latest = next((item for item in live.order_by("-pk") if _changed(item, submission)), None)
    if latest is None:
        return None
    return Notice(before=Score(latest.old_score, latest.old_max_score), note=latest.regrade.note)


def _changed(item: RegradeItem, submission: Submission) -> bool:
    return (item.old_score, item.old_max_score) != (submission.score, submission.max_score)
