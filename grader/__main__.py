"""python -m grader run SLUG FILE | prove SLUG | doctor"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.errors import BadSubmission, GradingError
from grader.exercise import EXERCISES_FOLDER, LANGUAGES, Exercise, find_exercises, read_exercise
from grader.messages import explain
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_UPLOAD_BYTES, Upload, UploadRefused
from grader.visible import hidden_escaped, shown_name

EXIT_DONE, EXIT_NOT_FULL_MARKS, EXIT_CANNOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """0: full marks, or the proof holds; 1: not so; 2: could not be done, the last line says whose turn it is."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if argv[:1] == ["doctor"]:
        from grader import doctor

        return doctor.main(argv[1:])
    if argv[:1] == ["fuzz-wire"]:
        from grader.sandbox import wire_fuzz

        return wire_fuzz.main(argv[1:])
    if argv[:1] == ["draw"]:
        from grader import draw_alone

        return draw_alone.main()
    options = _parser().parse_args(argv)
    try:
        done: int = options.command(options)
    except GradingError as error:
        print(error, file=sys.stderr)
        return EXIT_CANNOT
    return done


def run(options: argparse.Namespace) -> int:
    exercise = _exercise(options)
    upload = _upload(options.file, exercise, options.language)
    # Imported here: `--help` and a mistyped name answer at once.
    from grader.local import grade_here

    report = grade_here(exercise, upload, seed=options.seed)
    if options.json:
        print(hidden_escaped(json.dumps(report.to_message(), indent=2, ensure_ascii=False)))
    else:
        from grader.terminal import print_report

        print_report(report, exercise, options.language, upload=upload)
    return EXIT_DONE if report.score == report.max_score else EXIT_NOT_FULL_MARKS


def prove(options: argparse.Namespace) -> int:
    if options.all:
        from grader.prove_all import prove_all

        holds = prove_all(find_exercises(options.exercises), options.jobs, print)
    else:
        from grader.local import prove_here

        holds = prove_here(_exercise(options), print).holds
    return EXIT_DONE if holds else EXIT_NOT_FULL_MARKS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grader", description="Grade a file, prove an exercise, examine this machine."
    )
    parser.add_argument("--exercises", type=Path, default=EXERCISES_FOLDER, help="folder of the exercises")
    commands = parser.add_subparsers(required=True)

    running = commands.add_parser("run", help="grade one upload and print the report")
    running.add_argument("slug", help="the exercise: its folder's name")
    running.add_argument("file", type=Path, help="a .py, a .zip of several, or an .ipynb")
    running.add_argument("--language", choices=LANGUAGES, type=str.lower, default="en")
    running.add_argument("--json", action="store_true", help="print the report as it is sent to the site")
    running.add_argument("--seed", type=int, default=0, help="of the hidden checks' inputs")
    running.set_defaults(command=run)

    proving = commands.add_parser("prove", help="try the exercise on its own solutions and mutants")
    which = proving.add_mutually_exclusive_group(required=True)
    which.add_argument("slug", nargs="?")
    which.add_argument("--all", action="store_true")
    proving.add_argument("--jobs", type=int, default=os.cpu_count(), help="with --all: so many at a time")
    proving.set_defaults(command=prove)

    commands.add_parser("doctor", help="say how student code can be kept apart on this machine")
    commands.add_parser("fuzz-wire", help="try the reader of the sandbox's answers on damaged ones")
    return parser


def _exercise(options: argparse.Namespace) -> Exercise:
    return read_exercise(_folder(options))


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.exercises / options.slug
    if (folder / "exercise.toml").is_file():
        return folder
    known = ", ".join(path.name for path in find_exercises(options.exercises)) or "none"
    raise GradingError(f"There is no exercise {options.slug!r} in {options.exercises}. There are: {known}.")


def _upload(file: Path, exercise: Exercise, language: str) -> Upload:
    """Read as the site reads it."""
    limit_bytes = exercise.limits.source_kib * 1024
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_UPLOAD_BYTES + 1)
        functions = [function.name for function in exercise.functions]
        return read_upload(content, file.name, limit_bytes=limit_bytes, functions=functions)
    except OSError as error:
        raise BadSubmission(
            f"{shown_name(str(file))}: {error.strerror}. Give the path of the file to grade."
        ) from None
    except UploadRefused as refused:
        raise BadSubmission(f"{shown_name(str(file))}: {explain(refused.message, language)}") from None


if __name__ == "__main__":
    sys.exit(main())
