"""prova check FILE | get NAME | list | login SITE | logout | submit FILE | new-exercise NAME"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from grader.cli.words import Problem, Voice, system_language
from grader.errors import GradingError
from grader.exercise import LANGUAGES

EXIT_CANNOT, EXIT_INTERRUPTED = 2, 130
Command = Callable[[argparse.Namespace, Voice], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """0: full marks, or done; 1: checked or graded, and not full marks; 2: could not be done, the last line says why."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    _write_utf_8()
    voice = Voice(_asked_language(argv) or system_language())
    options = parser(voice).parse_args(argv or ["--help"])
    try:
        done: int = _commands()[options.command](options, voice)
    except Problem as problem:
        print(voice.sentence(problem.message), file=sys.stderr)
        return EXIT_CANNOT
    except GradingError as error:
        print(error, file=sys.stderr)
        return EXIT_CANNOT
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return done


class Parser(argparse.ArgumentParser):
    """Says in the reader's language what it does not understand."""

    voice = Voice("en")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EXIT_CANNOT, self.voice.say("not_understood", text=message) + "\n")


def parser(voice: Voice) -> argparse.ArgumentParser:
    say, Parser.voice = voice.say, voice
    words = Parser(add_help=False)
    words.add_argument("--language", choices=LANGUAGES, type=str.lower, help=say("help_language"))
    top = Parser(prog="prova", description=say("help_prova"), parents=[words])
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help_key: str) -> argparse.ArgumentParser:
        text = say(help_key)
        return commands.add_parser(name, help=text, description=text, parents=[words])

    check = command("check", "help_check")
    check.add_argument("file", type=Path, metavar="FILE", help=say("help_file"))
    check.add_argument("--exercise", metavar="NAME|FOLDER", help=say("help_exercise"))
    check.add_argument(
        "--own-process", action="store_true", help=argparse.SUPPRESS
    )  # to try what Windows gets
    get = command("get", "help_get")
    get.add_argument("name", metavar="NAME", help=say("help_slug"))
    get.add_argument("--course", help=say("help_course"))
    command("list", "help_list")
    login = command("login", "help_login")
    login.add_argument("site", metavar="SITE", help=say("help_site"))
    login.add_argument("--token", action="store_true", help=say("help_token"))
    command("logout", "help_logout")
    submit = command("submit", "help_submit")
    submit.add_argument("file", type=Path, metavar="FILE", help=say("help_file"))
    submit.add_argument("--exercise", metavar="NAME|FOLDER", help=say("help_exercise"))
    submit.add_argument("--course", help=say("help_course"))
    new = command("new-exercise", "help_new_exercise")
    new.add_argument("name", metavar="NAME", help=say("help_new_slug"))
    new.add_argument("--folder", type=Path, default=Path(), help=say("help_folder"))
    return top


def _commands() -> dict[str, Command]:
    from grader.cli.account import login, logout
    from grader.cli.check import check
    from grader.cli.get import get, list_exercises
    from grader.cli.new_exercise import new_exercise
    from grader.cli.submit import submit

    return {
        "check": check,
        "get": get,
        "list": list_exercises,
        "login": login,
        "logout": logout,
        "submit": submit,
        "new-exercise": new_exercise,
    }


def _asked_language(argv: Sequence[str]) -> str | None:
    """Known before the parser is made, which speaks it."""
    for number, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--language":
            asked = (value or next(iter(argv[number + 1 :]), "")).lower()
            return asked if asked in LANGUAGES else None
    return None


def _write_utf_8() -> None:
    """Windows would stop at the first ✓."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
