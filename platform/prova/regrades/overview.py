"""A regrade as a page shows it: how far it is, who changes, what the grades would be. Only reads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prova.accounts.models import User
from prova.assignments.models import Assignment, State, Submission
from prova.courses.models import Course
from prova.gradebook.policies import Counts, Score
from prova.regrades.actions.start import marked
from prova.regrades.comparison import GradeShift, grade_shifts, shift
from prova.regrades.models import Regrade, RegradeItem, RegradeState


@dataclass(frozen=True, kw_only=True)
class Progress:
    total: int
    judged: int
    failed: int  #: by a failure of ours

    @property
    def done(self) -> int:
        return self.judged + self.failed

    @property
    def is_over(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, kw_only=True)
class Change:
    """One comparison that differs, or one that could not be made."""

    item: int
    submission: int
    learner: User
    before: Score
    after: Score
    outcome: str
    grade: GradeShift | None  #: None: decided already

    @property
    def shift(self) -> float:
        return shift(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class Changes:
    shifts: Sequence[float]  #: of all that were judged, those of 0 too
    rows: Sequence[Change]  #: those that change: the greatest loss first, the greatest gain last
    grades_up: int
    grades_down: int

    @property
    def up(self) -> int:
        return sum(value > 0 for value in self.shifts)

    @property
    def down(self) -> int:
        return sum(value < 0 for value in self.shifts)

    @property
    def same(self) -> int:
        return len(self.shifts) - self.up - self.down


@dataclass(frozen=True, kw_only=True)
class AssignmentRow:
    """What could be regraded."""

    assignment: Assignment
    graded: int
    outdated: int  #: judged with an older version of the exercise
    open: Regrade | None


def progress_of(regrade: Regrade) -> Progress:
    states = Counter(
        Submission.with_shadows.filter(regrade_item__regrade=regrade)
        .order_by()
        .values_list("state", flat=True)
    )
    return Progress(
        total=sum(states.values()), judged=states[State.GRADED], failed=states[State.SYSTEM_ERROR]
    )


def changes_of(regrade: Regrade) -> Changes:
    items = (
        regrade.items.filter(shadow__state=State.GRADED)
        .select_related("shadow", "submission__learner")
        .defer(
            "old_report",
            *(
                f"{row}__{field}"
                for row in ("shadow", "submission")
                for field in ("source", "report", "progress", "hidden_details", "upload")
            ),
        )
    )
    compared = [(item, _before(item), _after(item)) for item in items]
    shifts = [shift(before, after) for _item, before, after in compared]
    grades = _grades(regrade, {item.submission_id: after for item, _before_, after in compared})
    rows = [
        Change(
            item=item.pk,
            submission=item.submission_id,
            learner=item.submission.learner,
            before=before,
            after=after,
            outcome=item.get_outcome_display() if item.outcome else "",
            grade=grades.get(item.submission.learner_id),
        )
        for (item, before, after), difference in zip(compared, shifts, strict=True)
        if difference
    ]
    moves = [shift(grade.before, grade.after) for grade in grades.values()]
    return Changes(
        shifts=shifts,
        rows=sorted(rows, key=lambda row: (row.shift, row.submission)),
        grades_up=sum(move > 0 for move in moves),
        grades_down=sum(move < 0 for move in moves),
    )


def _before(item: RegradeItem) -> Score:
    return Score(item.old_score, item.old_max_score)


def _after(item: RegradeItem) -> Score:
    return Score(item.shadow.score or 0.0, item.shadow.max_score or 0.0)


def _grades(regrade: Regrade, new: dict[int, Score]) -> dict[int, GradeShift]:
    """Nothing to foretell once it is decided."""
    if regrade.state != RegradeState.OPEN:
        return {}
    assignment = regrade.assignment
    graded = Submission.objects.filter(assignment=assignment, state=State.GRADED).order_by("pk")
    marks = map(marked, graded.only("learner_id", "score", "max_score"))
    return grade_shifts(marks, new, Counts(assignment.counts), assignment.points)


def reports_of(changes: Sequence[Change]) -> dict[int, tuple[list[dict], list[dict]]]:
    """Item -> the checks before and after. For the rows of one page."""
    items = RegradeItem.objects.filter(pk__in=[change.item for change in changes]).select_related(
        "submission", "shadow"
    )
    return {
        item.pk: (_checks(item.old_report or item.submission.report), _checks(item.shadow.report))
        for item in items
    }


def _checks(report: dict | None) -> list[dict]:
    return list((report or {}).get("checks", ()))


def assignments_of(course: Course) -> list[AssignmentRow]:
    """A constant number of queries."""
    graded = Counter(
        Submission.objects.filter(assignment__course=course, state=State.GRADED)
        .order_by()
        .values_list("assignment_id", "exercise_id")
    )
    found = Regrade.objects.filter(assignment__course=course, state=RegradeState.OPEN)
    open_ones = {regrade.assignment_id: regrade for regrade in found}
    rows = []
    for assignment in course.assignments.select_related("exercise").order_by("pk"):
        counts = {exercise: count for (pk, exercise), count in graded.items() if pk == assignment.pk}
        total = sum(counts.values())
        rows.append(
            AssignmentRow(
                assignment=assignment,
                graded=total,
                outdated=total - counts.get(assignment.exercise_id, 0),
                open=open_ones.get(assignment.pk),
            )
        )
    return rows
