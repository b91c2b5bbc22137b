"""`prova list`, `prova get NAME`: what there is to do, and an exercise on this machine."""

import argparse
import io
import re
import sys
import zipfile
import zlib
from pathlib import Path

from grader.cli.assignments import assignment_named, assignments_of, signed_in_site
from grader.cli.site import Site, Unreachable
from grader.cli.words import Problem, Voice
from grader.student_package.left_out import INFO_FILE
from grader.student_package.package import FILES

DONE = 0
SUBMISSION = "submission.py"
_MOST_FILE_BYTES = 64 << 20
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def list_exercises(options: argparse.Namespace, voice: Voice) -> int:
    found = assignments_of(signed_in_site(voice))
    width = max((len(one.slug) for one in found), default=0)
    for one in found:
        print(f"{one.slug:<{width}}  {one.title}  ({one.course})")
    if not found:
        print(voice.say("none_at_all"))
    return DONE


def get(options: argparse.Namespace, voice: Voice) -> int:
    """Files of the exercise are brought up to date; the student's own file is never touched."""
    site = signed_in_site(voice)
    wanted = assignment_named(options.name, options.course, assignments_of(site), voice)
    files = _fetched(site, wanted.number)
    folder = Path(wanted.exercise)
    if not _SLUG.fullmatch(wanted.exercise):
        raise Problem("site_answer_strange", site=site.address)
    if folder.exists() and not (folder / INFO_FILE).is_file() and any(folder.iterdir()):
        raise Problem("folder_is_not_a_package", folder=str(folder))
    try:
        is_new = _written(folder, files)
    except OSError as error:
        raise Problem("folder_unwritable", folder=str(folder), text=error.strerror or "?") from None
    own = str(folder / SUBMISSION)
    print(voice.say("got_exercise", title=wanted.title, folder=str(folder), file=own))
    if not is_new:
        print(voice.say("kept_your_file", file=own), file=sys.stderr)
    return DONE


def _fetched(site: Site, number: int) -> dict[str, bytes]:
    """Only files that a package consists of, by those very names: no path of an archive gets onto the disk."""
    try:
        content = site.get_bytes(f"api/assignments/{number}/package.zip")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > _MOST_FILE_BYTES or INFO_FILE not in sizes:
                raise Problem("site_answer_strange", site=site.address)
            return {name: archive.read(name) for name in FILES if name in sizes}
    except Unreachable as lost:
        raise Problem("site_unreachable", site=site.address, text=str(lost)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Problem("site_answer_strange", site=site.address) from None


def _written(folder: Path, files: dict[str, bytes]) -> bool:
    """Whether the student's file is new."""
    folder.mkdir(exist_ok=True)
    for name in FILES:
        if name in files:
            (folder / name).write_bytes(files[name])
        else:
            (folder / name).unlink(missing_ok=True)
    own = folder / SUBMISSION
    if own.exists():
        return False
    own.write_bytes(files.get("starter.py", b""))
    return True
