"""What the graders found in an answer that is code becomes its score."""

import logging
from collections.abc import Mapping
from typing import Any

from prova.assignments.models import Submission
from prova.marking.actions.history import Before
from prova.marking.actions.settle import locked_attempt, settle
from prova.marking.models import ChangeKind
from prova.quizzes.actions.scoring import set_outcome
from prova.quizzes.models import AttemptItem
from questionbank.items import Marking
from questionbank.questions import item_of

log = logging.getLogger(__name__)


def record_code_marks(submission: Submission) -> bool:
    """Within the transaction that records the report, the submission's row locked. False: it changed nothing.

    Only an answer that still waits for the sandbox is scored, so that twice is once, and a person's word stays.
    """
    if submission.attempt_item_id is None or submission.is_trial:
        return False
    attempt = locked_attempt(submission.attempt_item_id)
    item = AttemptItem.objects.select_related("version", "variant").get(pk=submission.attempt_item_id)
    if item.pending != Marking.SANDBOX:
        return False
    bound = item_of(item.version, item.variant)
    try:
        outcome = bound.score_marked({"source": submission.source}, marks_of(submission.report or {}))
    except ValueError as problem:
        # The exercise has lost a check that the question names: the author's turn. The answer keeps waiting.
        log.error("question %s of %s cannot be scored: %s", item.position, attempt, problem)
        return False
    before = Before.of(item)
    set_outcome(item, outcome, bound.needs_marking)
    settle(attempt, item, before, ChangeKind.CODE)
    return True


def marks_of(report: Mapping[str, Any]) -> dict[str, list[float]]:
    """{check: [points, most]}"""
    return {check["name"]: [check["points"], check["max_points"]] for check in report.get("checks", ())}
