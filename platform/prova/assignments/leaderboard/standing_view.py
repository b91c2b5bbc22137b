"""One's own place in a sentence: on the exercise's page, beside a verdict, above the leaderboard."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from grader.report import check_results_from_message
from prova.assignments.leaderboard.entries import Standings, read_standings
from prova.assignments.leaderboard.ranking import next_step
from prova.assignments.leaderboard.result import is_ranked
from prova.assignments.leaderboard.standings import present_exercise
from prova.assignments.leaderboard.terms import Terms
from prova.assignments.leaderboard.words import rounded_up, shown
from prova.assignments.models import State, Submission


@dataclass(frozen=True, kw_only=True)
class OwnPlace:
    rank: int
    of: int
    sharing: int  #: how many others have the same place
    value: str
    submission: int
    missing: str  #: to a better place; empty: nobody is certainly better
    missing_number: float
    to_rank: int


@dataclass(frozen=True, kw_only=True)
class StandingView:
    is_ranked: bool  #: this submission
    place: OwnPlace | None  #: of one's best
    rises: bool


def own_place(standings: Standings, learner_id: int | None) -> OwnPlace | None:
    mine = standings.place_of(learner_id)
    if mine is None:
        return None
    language = get_language() or "en"
    step = next_step(standings.ranked, mine, rises=standings.rises)
    return OwnPlace(
        rank=mine.rank,
        of=len(standings.ranked),
        sharing=sum(place.rank == mine.rank for place in standings.ranked) - 1,
        value=shown(mine.entry.value, standings.key, language),
        submission=mine.entry.whose.pk,
        missing=shown(rounded_up(step.amount), standings.key, language) if step else "",
        missing_number=step.amount if step else 0.0,
        to_rank=step.to_rank if step else 0,
    )


def standing_view(submission: Submission) -> StandingView | None:
    """None: not graded, or nothing was ranked by the version that judged it, or is by the present one."""
    if submission.state != State.GRADED or Terms.of(submission.exercise.metadata) is None:
        return None
    terms = Terms.of(present_exercise(submission).metadata)
    standings = read_standings(submission.assignment, timezone.now()) if terms else None
    if terms is None or standings is None:
        return None
    checks = check_results_from_message((submission.report or {})["checks"])
    return StandingView(
        is_ranked=is_ranked(terms, checks),
        place=own_place(standings, submission.learner_id),
        rises=standings.rises,
    )
