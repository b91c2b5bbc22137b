"""The student's part of an exercise, made from the folder that the site was loaded from."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from grader.errors import BadExercise
from grader.exercise import read_exercise
from grader.student_package.package import as_zip, package_files
from prova.assignments.models import Exercise


def student_package(exercise: Exercise) -> bytes | None:
    """A zip. None: this version has no such part, or its folder is not here any more."""
    try:
        return _made(Path(settings.EXERCISES_DIR) / exercise.slug, exercise.version)
    except BadExercise:
        return None


@lru_cache(maxsize=64)
def _made(folder: Path, version: str) -> bytes | None:
    package = read_exercise(folder)
    return as_zip(package_files(package)) if package.version == version else None
