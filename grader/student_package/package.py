"""From an exercise's folder to what students may have of it. Standard library only; nothing of the exercise runs."""

import io
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

from grader.errors import BadExercise
from grader.exercise import Exercise
from grader.student_package.left_out import INFO_FILE, LeftOut, PackageInfo
from grader.student_package.toml_parts import without_tables
from grader.student_package.visible_source import comes_to, races, texts_in, without_checks

#: As they are. Never among them: solutions, mutants, baseline.py, and what is made anew below.
_WHOLE = ("statement.en.md", "statement.pt-br.md", "starter.py", "support.py")
#: All that a package may consist of.
FILES = (*_WHOLE, "exercise.toml", "checks.py", "messages.toml", "data.npz", INFO_FILE)
_SAME_TIME = (2020, 1, 1, 0, 0, 0)


def package_files(exercise: Exercise) -> dict[str, bytes]:
    """Name -> content. BadExercise: no check is left, or a file cannot be taken apart."""
    folder = exercise.folder
    source = (folder / "checks.py").read_text(encoding="utf-8")
    left_out = _left_out(exercise, races(source))
    dropped = {one.name for one in left_out}
    if len(dropped) == len(exercise.checks):
        raise BadExercise(folder / "checks.py", "has no check that can run on a student's own machine.")
    checks = without_checks(source, dropped)
    gone_texts = texts_in(source) - texts_in(checks)
    gone = _gone_slips(exercise, gone_texts)
    titles = {f"checks.{name}" for name in dropped}
    files = {
        "checks.py": checks,
        "exercise.toml": _part(
            folder / "exercise.toml", lambda header: header.partition(".")[0] == "leaderboard"
        ),
        "messages.toml": _part(folder / "messages.toml", lambda header: _plain(header) in titles | gone),
        INFO_FILE: PackageInfo(slug=exercise.slug, version=exercise.version, left_out=left_out).to_json(),
    }
    whole = {name: (folder / name).read_bytes() for name in _WHOLE if (folder / name).is_file()}
    return whole | {name: text.encode() for name, text in files.items()} | _data(folder, source, checks)


def as_zip(files: dict[str, bytes]) -> bytes:
    """The same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _SAME_TIME), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _left_out(exercise: Exercise, racing: Collection[str]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(
            name=check.name,
            points=check.points,
            titles=exercise.messages[f"checks.{check.name}"],
            hidden=not check.visible,
        )
        for check in exercise.checks
        if not check.visible or check.name in racing
    )


def _gone_slips(exercise: Exercise, gone_texts: Collection[str]) -> set[str]:
    """Headers of mistakes that only a dropped check names."""
    return {f"slips.{key}" for key in exercise.messages if key in gone_texts}


def _part(path: Path, is_dropped: Callable[[str], bool]) -> str:
    try:
        return without_tables(path.read_text(encoding="utf-8"), is_dropped)
    except ValueError as error:
        raise BadExercise(path, f"cannot be taken apart for students: {error}.") from None


def _plain(header: str) -> str:
    return header.replace('"', "").replace("'", "").replace(" ", "")


def _data(folder: Path, source: str, checks: str) -> dict[str, bytes]:
    """data.npz without the arrays that only dropped checks name, as they stand or put together from parts. Those that
    nobody names are asked for in another way."""
    if "data.npz" not in texts_in(checks):
        return {}
    out = io.BytesIO()
    with zipfile.ZipFile(folder / "data.npz") as whole, zipfile.ZipFile(out, "w") as part:
        for name in whole.namelist():
            if _stays(name.removesuffix(".npy"), source, checks):
                part.writestr(zipfile.ZipInfo(name, _SAME_TIME), whole.read(name), zipfile.ZIP_DEFLATED)
    return {"data.npz": out.getvalue()}


def _stays(array: str, source: str, checks: str) -> bool:
    if array in texts_in(source):
        return array in texts_in(checks)
    return comes_to(array, checks) or not comes_to(array, source)
