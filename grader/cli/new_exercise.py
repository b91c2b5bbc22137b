"""`prova new-exercise NAME`: an exercise that proves, to be changed step by step."""

import argparse
import re
import shutil
from pathlib import Path

from grader.cli.words import Problem, Voice
from grader.visible import shown_name

DONE = 0
TEMPLATE = Path(__file__).with_name("template")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_exercise(options: argparse.Namespace, voice: Voice) -> int:
    if not _SLUG.fullmatch(options.name) or len(options.name) > 60:
        raise Problem("bad_slug", name=shown_name(options.name))
    folder: Path = options.folder / options.name
    if folder.exists():
        raise Problem("slug_taken", folder=str(folder))
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    except OSError as error:
        raise Problem("folder_unwritable", folder=str(folder), text=error.strerror or "?") from None
    print(voice.say("new_exercise_made", folder=str(folder)))
    print(f"  python -m grader --exercises {options.folder} prove {options.name}")
    return DONE
