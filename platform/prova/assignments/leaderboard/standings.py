"""Rows of a leaderboard, written in the transaction that writes a mark."""

from collections.abc import Mapping
from typing import Any

from grader.report import check_results_from_message
from prova.assignments.leaderboard.result import Result, result_of
from prova.assignments.leaderboard.terms import Terms
from prova.assignments.models import Assignment, Exercise, Standing, State, Submission


def terms_name(metadata: Mapping[str, Any]) -> str:
    """Empty: no leaderboard."""
    terms = Terms.of(metadata)
    return terms.name if terms else ""


def write_standing(submission: Submission) -> None:
    """From its report, under the present terms of its assignment, whichever version judged it."""
    terms = Terms.of(present_exercise(submission).metadata)
    if terms is not None:
        _write(submission, terms)


def present_exercise(submission: Submission) -> Exercise:
    """The version that its assignment uses now; read only if it is not at hand."""
    assignment = submission.assignment
    is_same = assignment.exercise_id == submission.exercise_id
    if is_same and not Assignment.exercise.is_cached(assignment):
        assignment.exercise = submission.exercise
    return assignment.exercise


def rank_anew(assignment: Assignment, exercise: Exercise) -> None:
    """All graded submissions of the assignment, under the terms of another version of its exercise."""
    terms = Terms.of(exercise.metadata)
    if terms is None:
        return
    graded = Submission.objects.filter(assignment=assignment, state=State.GRADED)
    for submission in graded.defer("source", "upload").iterator(chunk_size=200):
        _write(submission, terms)


def _write(submission: Submission, terms: Terms) -> None:
    result = _result(submission, terms)
    if result is None:
        Standing.objects.filter(pk=submission.pk).delete()
        return
    told, full = result.told, result.full
    fields = {
        "assignment_id": submission.assignment_id,
        "learner_id": submission.learner_id,
        "submitted_at": submission.created_at,
        "terms": terms.name,
        "key": full.key,
        "value": told.value,
        "low": told.low,
        "high": told.high,
        "full_value": full.value,
        "full_low": full.low,
        "full_high": full.high,
        "against": result.against and result.against.value,
        "full_against": result.full_against and result.full_against.value,
        "against_key": result.full_against.key if result.full_against else "",
    }
    Standing.objects.update_or_create(submission=submission, defaults=fields)


def _result(submission: Submission, terms: Terms) -> Result | None:
    checks = check_results_from_message((submission.report or {}).get("checks", ()))
    return result_of(terms, checks, check_results_from_message(submission.hidden_details))
