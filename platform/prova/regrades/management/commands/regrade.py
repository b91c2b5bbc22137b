from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prova.accounts.models import User
from prova.assignments.models import Assignment
from prova.courses.models import Enrolment, Role
from prova.regrades import actions
from prova.regrades.models import Regrade, Scope
from prova.regrades.overview import changes_of, progress_of
from prova.regrades.refusals import RegradeRefused


class Command(BaseCommand):
    help = "Judge an assignment's submissions anew in the background; see who changes; make it live or discard it."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        start = verbs.add_parser("start", help="judge in the background")
        start.add_argument("course")
        start.add_argument("assignment")
        start.add_argument("--scope", choices=Scope.values, default=Scope.ALL.value)
        start.add_argument(
            "--also-current", action="store_true", help="also what this version judged already"
        )
        start.add_argument("--note", default="", help="to the students whose mark changes")
        for verb, purpose in (
            ("show", "how far it is and who changes"),
            ("live", "replace the marks"),
            ("discard", "change nothing"),
        ):
            verbs.add_parser(verb, help=purpose).add_argument("regrade", type=int)
        for name in ("start", "live", "discard"):
            verbs.choices[name].add_argument("--by", required=True, help="username of an instructor")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(getattr(self, f"_{options['verb']}")(options))
        except RegradeRefused as refused:
            raise CommandError(refused.sentence) from None

    def _start(self, options: dict[str, Any]) -> str:
        found = Assignment.objects.filter(course__slug=options["course"], slug=options["assignment"]).first()
        if found is None:
            raise CommandError("No such assignment in this course.")
        regrade = actions.start_regrade(
            found,
            _instructor(found, options["by"]),
            scope=Scope(options["scope"]),
            also_current=options["also_current"],
            note=options["note"],
        )
        return f"regrade {regrade.pk}: {regrade.items.count()} submissions to judge"

    def _show(self, options: dict[str, Any]) -> str:
        regrade = _find(options["regrade"])
        progress = progress_of(regrade)
        lines = [
            f"{regrade}, {regrade.state}: {progress.judged} of {progress.total} judged, {progress.failed} failed"
        ]
        for change in changes_of(regrade).rows:
            before, after = change.before, change.after
            lines.append(
                f"{change.learner.get_username()}\tsubmission {change.submission}"
                f"\t{before.points:g}/{before.max_points:g} -> {after.points:g}/{after.max_points:g}"
            )
        return "\n".join(lines)

    def _live(self, options: dict[str, Any]) -> str:
        regrade = _find(options["regrade"])
        applied = actions.make_live(regrade.pk, _instructor(regrade.assignment, options["by"]))
        return (
            f"{applied.live} marks are live, {applied.overtaken} had changed meanwhile, "
            f"{applied.not_judged} were not judged"
        )

    def _discard(self, options: dict[str, Any]) -> str:
        regrade = _find(options["regrade"])
        actions.discard_regrade(regrade.pk, _instructor(regrade.assignment, options["by"]))
        return f"{regrade} is discarded; no mark has changed"


def _find(pk: int) -> Regrade:
    found = Regrade.objects.select_related("assignment", "exercise").filter(pk=pk).first()
    if found is None:
        raise CommandError("No such regrade.")
    return found


def _instructor(assignment: Assignment, username: str) -> User:
    teaching = Enrolment.objects.filter(
        course=assignment.course_id, role=Role.INSTRUCTOR, user__username=username
    ).select_related("user")
    enrolment = teaching.first()
    if enrolment is None:
        raise CommandError(f"{username} is no instructor of this course.")
    return enrolment.user
