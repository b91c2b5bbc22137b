"""The exercise that a file is for: a folder on this machine."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.cli.words import Problem
from grader.errors import BadExercise
from grader.exercise import EXERCISES_FOLDER, Exercise, read_exercise
from grader.student_package.left_out import INFO_FILE, PackageInfo
from grader.student_package.package import package_files
from grader.visible import shown_name


@dataclass(frozen=True)
class Package:
    """What a student may have of an exercise."""

    exercise: Exercise
    info: PackageInfo


def folder_for(file: Path, asked: str | None) -> Path:
    """Of the exercise that is named, by folder or by slug, or that the file lies in. Problem: there is none."""
    if asked is not None:
        candidates = (Path(asked), file.parent / asked, EXERCISES_FOLDER / asked)
        found = next((folder for folder in candidates if is_exercise(folder)), None)
        if found is None:
            raise Problem("no_such_exercise", name=shown_name(Path(asked).name or asked))
        return found
    near = file.resolve().parent
    found = next((folder for folder in (near, *near.parents, Path.cwd()) if is_exercise(folder)), None)
    if found is None:
        raise Problem("no_exercise_here", file=shown_name(str(file)), folder=shown_name(str(near)))
    return found


def is_exercise(folder: Path) -> bool:
    return (folder / "exercise.toml").is_file()


@contextmanager
def opened(folder: Path) -> Iterator[Package]:
    """A package that was fetched, as it lies there; of an author's whole exercise, the part that students get.

    Problem: a fetched package is damaged. BadExercise: the author's turn.
    """
    if (folder / INFO_FILE).is_file():
        yield _fetched(folder)
        return
    exercise = read_exercise(folder)
    with tempfile.TemporaryDirectory(prefix="prova-") as temporary:
        part = Path(temporary) / exercise.slug
        part.mkdir()
        for name, content in package_files(exercise).items():
            (part / name).write_bytes(content)
        yield _fetched(part)


def _fetched(folder: Path) -> Package:
    try:
        info = PackageInfo.from_json((folder / INFO_FILE).read_text(encoding="utf-8"))
        return Package(read_exercise(folder), info)
    except (BadExercise, ValueError, OSError) as error:
        raise Problem(
            "package_damaged", folder=shown_name(str(folder)), text=str(error), name=folder.name
        ) from None
