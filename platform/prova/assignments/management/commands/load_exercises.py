from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from grader.errors import BadExercise
from prova.assignments.catalogue import load_packages, read_packages
from prova.assignments.statements import RenderingProblem


class Command(BaseCommand):
    help = "Load the exercise packages into the database. Safe to repeat; a changed package becomes a new version."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            packages = read_packages(settings.EXERCISES_DIR)
        except (BadExercise, RenderingProblem) as error:
            raise CommandError(f"{error} Nothing was loaded.") from None
        for loaded in load_packages(packages):
            state = "new" if loaded.is_new else "unchanged"
            moved = f", now used by {loaded.moved} assignments" if loaded.moved else ""
            self.stdout.write(f"{loaded.slug} {loaded.version}: {state}{moved}")
