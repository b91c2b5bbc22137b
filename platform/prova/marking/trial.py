"""The newest try of an answer that is code, as the card shows it: visible checks only. Only reads."""

from dataclasses import dataclass

from prova.assignments.models import State, Submission
from prova.marking.shown import with_counting_checks
from prova.quizzes.models import AttemptItem


@dataclass(frozen=True, kw_only=True)
class Trial:
    submission: Submission  #: in memory, its report without hidden checks
    is_waiting: bool
    has_failed: bool  #: on our side
    is_old: bool  #: the answer was changed since


def trial_of(item: AttemptItem, source: str) -> Trial | None:
    """`source`: what is saved now. None: nothing was tried."""
    tried = Submission.with_shadows.filter(attempt_item=item, is_trial=True)
    newest = tried.select_related("assignment", "exercise").defer("hidden_details").order_by("-pk").first()
    if newest is None:
        return None
    if newest.report is not None:
        with_counting_checks(item, newest)
        checks = [check for check in newest.report["checks"] if check["visible"]]
        newest.report = {
            **newest.report,
            "checks": checks,
            "score": sum(check["points"] for check in checks),
            "max_score": sum(check["max_points"] for check in checks),
        }
    return Trial(
        submission=newest,
        is_waiting=not newest.is_final,
        has_failed=newest.state == State.SYSTEM_ERROR,
        is_old=newest.source.strip() != source.strip(),
    )
