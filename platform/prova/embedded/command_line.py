"""What the word behind `manage.py` means. Runs under any Python until .venv is there, and under .venv's from then on."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from prova.embedded.folders import Folders
from prova.embedded.refusal import Refusal


def main(root: Path, arguments: list[str]) -> int:
    word = arguments[0] if arguments else "help"
    try:
        if word == "up":
            return _up(root, arguments[1:])
        if word == "test":
            return _test(root, arguments[1:])
        if word == "install":
            return _install(root, arguments[1:])
        return _django(root, arguments)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130


def _up(root: Path, arguments: list[str]) -> int:
    from prova.embedded.up import check_before_install, read_choices, up

    choices = read_choices(root, arguments)
    if not _inside(root):
        check_before_install(choices)
    _enter(root)
    return up(root, choices)


def _test(root: Path, arguments: list[str]) -> int:
    from prova.embedded.verification import run_tests

    _enter(root, ["dev"])
    return run_tests(root, arguments[1:] if arguments[:1] == ["--"] else arguments)


def _install(root: Path, arguments: list[str]) -> int:
    from prova.embedded.install import ensure_installed

    ensure_installed(Folders(root, root / "var"), ["dev"] if arguments == ["--dev"] else [])
    return 0


def _django(root: Path, arguments: list[str]) -> int:
    from prova.embedded.servers import servers
    from prova.embedded.up import data_folder

    _enter(root)
    if arguments[:1] in ([], ["help"], ["--help"], ["-h"]):
        print(
            "Prova's own commands: up, test, install (`manage.py up --help` tells more). Django's follow.\n",
            flush=True,
        )
    with servers(Folders(root, data_folder(root)), arguments[0] if arguments else "help") as found:
        os.environ.update(found)
        from prova.django_command import run

        run(arguments)
    return 0


def _enter(root: Path, extras: Sequence[str] = ()) -> None:
    """Installs what is missing and goes on under .venv's Python, with the same words."""
    from prova.embedded.install import ensure_installed

    folders = Folders(root, root / "var")
    ensure_installed(folders, extras)
    if not _inside(root):
        os.execv(folders.python, [str(folders.python), str(root / "manage.py"), *sys.argv[1:]])


def _inside(root: Path) -> bool:
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()
