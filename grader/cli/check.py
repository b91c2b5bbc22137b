"""`prova check FILE`: the visible checks of an exercise, on the student's own machine."""

import argparse

from grader.cli.packages import Package, folder_for, opened
from grader.cli.upload import read_file
from grader.cli.words import Voice
from grader.messages import number, text_in
from grader.report import Message

EXIT_DONE, EXIT_NOT_FULL_MARKS = 0, 1


def check(options: argparse.Namespace, voice: Voice) -> int:
    """0: every visible check has all its points."""
    with opened(folder_for(options.file, options.exercise)) as package:
        upload = read_file(options.file, package.exercise, voice)
        # Imported here: a mistyped name answers at once.
        from grader.cli.checking import check_here, sandbox_of_system

        sandboxed = None if options.own_process else sandbox_of_system()
        checked = check_here(package.exercise, upload, sandboxed)
        from grader.terminal import print_report

        print(where_it_ran(checked.where, voice), end="\n\n", flush=True)
        print_report(checked.report, package.exercise, voice.language, upload=upload)
        print_left_out(package, voice)
    report = checked.report
    return EXIT_DONE if report.score == report.max_score else EXIT_NOT_FULL_MARKS


def where_it_ran(where: Message, voice: Voice) -> str:
    """The reason is a sentence of its own."""
    params = dict(where.params)
    if "reason" in params:
        params["reason"] = voice.say(str(params.pop("reason")), **params)
    return voice.say(where.key, **params)


def print_left_out(package: Package, voice: Voice) -> None:
    if not package.info.left_out:
        return
    print()
    print(voice.say("visible_only"))
    for one in package.info.left_out:
        key = "left_out_hidden" if one.hidden else "left_out_measured"
        title, points = text_in(one.titles, voice.language), number(one.points, voice.language)
        print(f"  – {voice.say(key, title=title, points=points)}")
