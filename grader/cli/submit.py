"""`prova submit FILE`: hands it in, follows the grading, prints the report as `prova check` does."""

import argparse
import sys
from pathlib import Path
from typing import Any

from grader.cli.assignments import Assignment, assignment_named, assignments_of, signed_in_site
from grader.cli.follow import Follower
from grader.cli.multipart import form_with_file
from grader.cli.packages import is_exercise
from grader.cli.site import Site, Unreachable
from grader.cli.upload import read_bytes
from grader.cli.words import Problem, Voice
from grader.references import Reference
from grader.report import GradingReport
from grader.report_texts import ReportTexts
from grader.shown_report import visible_throughout
from grader.student_package.left_out import INFO_FILE, PackageInfo
from grader.visible import shown_name

EXIT_DONE, EXIT_NOT_FULL_MARKS = 0, 1


def submit(options: argparse.Namespace, voice: Voice) -> int:
    """0: full marks."""
    content = read_bytes(options.file)
    site = signed_in_site(voice)
    info = _package_info(options.file, options.exercise)
    name = info.slug if info else Path(options.exercise or "").name
    if not name:
        folder = shown_name(str(options.file.resolve().parent))
        raise Problem("no_exercise_here", file=shown_name(str(options.file)), folder=folder)
    wanted = assignment_named(name, options.course, assignments_of(site), voice)
    if info and info.version != wanted.version:
        print(voice.say("outdated", name=wanted.exercise), file=sys.stderr)
    number = _handed_in(site, wanted, options.file.name, content)
    print(voice.say("handed_in", number=number), file=sys.stderr)
    follower = Follower(site, voice, number)
    try:
        return _printed(follower.until_graded(), follower, voice)
    except KeyboardInterrupt:
        print("\n" + voice.say("stopped_waiting", page=follower.page), file=sys.stderr)
        raise


def _package_info(file: Path, asked: str | None) -> PackageInfo | None:
    """Of the fetched exercise that is named, or that the file lies in."""
    near = file.resolve().parent
    folders = [Path(asked), near / asked] if asked else [near, *near.parents]
    for folder in folders:
        if is_exercise(folder) and (folder / INFO_FILE).is_file():
            try:
                return PackageInfo.from_json((folder / INFO_FILE).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                return None
    return None


def _handed_in(site: Site, wanted: Assignment, file_name: str, content: bytes) -> int:
    """Its number. Problem: refused; or it is not known whether it arrived."""
    body, content_type = form_with_file("file", file_name, content)
    try:
        answer = site.post(f"api/assignments/{wanted.number}/submissions/", body, content_type)
        return int(answer["id"])
    except Unreachable as lost:
        raise Problem("connection_lost_sending", site=site.address, text=str(lost)) from None
    except (KeyError, TypeError, ValueError):
        raise Problem("site_answer_strange", site=site.address) from None


def _printed(answer: dict[str, Any], follower: Follower, voice: Voice) -> int:
    from grader.terminal import print_report

    try:
        report = GradingReport.from_message(answer["report"])
        texts = _texts(visible_throughout(answer["texts"]))
    except (KeyError, TypeError, ValueError):
        raise Problem("site_answer_strange", site=follower.site.address) from None
    print_report(report, texts, voice.language)
    print()
    print(voice.say("report_page", page=follower.page))
    return EXIT_DONE if report.score == report.max_score else EXIT_NOT_FULL_MARKS


def _texts(given: dict[str, Any]) -> ReportTexts:
    return ReportTexts(
        titles=given["titles"],
        messages=given["messages"],
        references={key: Reference(**value) for key, value in given["references"].items()},
    )
