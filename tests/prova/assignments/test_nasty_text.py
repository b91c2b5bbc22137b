"""One nasty text in every place that a submission can fill, on every page, answer and export that shows it."""

import io
import json
import logging
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from prova.assignments.actions import record_progress, record_report, submit_solution
from prova.assignments.models import Submission
from rest_framework.test import APIClient

from grader.report import Message, ShownCall
from grader.visible import hides
from tests.prova.assignments import samples

#: markup, a template, a formula, terminal escapes, direction marks, a zero width, what no page ever needs
NASTY = (
    "=cmd|'/c calc'!A1</code></pre></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "{{ 70000|add:77 }}{% now 'Y' %}&lt;b&gt;\x1b[2J\x07\x9b\u202e\u2066\u200b\u2028\u3164](javascript:alert(3))"
)
#: what may never arrive in a page as it is
LIVE = (
    "<script>alert",
    "<img src=x",
    "</code></pre></script>",
    "&lt;b&gt;\x1b",
    "70077",
    "\x1b",
    "\u202e",
    "\u2066",
    "\u2028",
)
PARAMS: dict[str, str | int | float] = {
    "kind": NASTY,
    "text": NASTY,
    "line": 3,
    "got": NASTY,
    "expected": NASTY,
    "name": NASTY,
    "file": NASTY,
}
SOURCE = f"# {NASTY}\ndef halve(x):\n    return x / 2\n".replace("\u2028", "")


def nasty_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("submission.py", SOURCE)
        archive.writestr("helper.py", f"x = '''{NASTY}'''\n")
        archive.writestr("<script>alert(1)<script>=1+1.txt", "left out, and named")
    return buffer.getvalue()


def nasty_notebook() -> bytes:
    cells = [{"cell_type": "code", "source": text} for text in (SOURCE, f"%%{NASTY}", f"x = 1  # {NASTY}")]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode()


def nasty_report(submission, **fields):
    wrong = samples.failed(
        message=Message(key="student_error_line", params=PARAMS),
        slip=None,
        example=(ShownCall(function=NASTY, arguments=(NASTY,), returned=NASTY),),
        got=NASTY,
        expected=NASTY,
        check_bug=NASTY,
    )
    notices = (Message(key="review_lookalike", params=PARAMS | {"word": NASTY, "code": NASTY}),)
    given = {"printed": NASTY, "notices": notices, "versions": {"numpy": NASTY}, "profile": NASTY[:40]}
    return samples.report_of(submission, wrong, samples.HIDDEN_PASSED, **given | fields)


@pytest.fixture(params=[("a.py", lambda: SOURCE.encode()), ("a.zip", nasty_archive), ("a.ipynb", nasty_notebook)],
                ids=["file", "archive", "notebook"])  # fmt: skip
def nasty(request, assignment, lin):
    """Two submissions, so that the second is compared with the first; both judged, the first one loaded not at all."""
    ending, content = request.param
    name = f"{NASTY}{ending}".replace("/", "")
    first = submit_solution(assignment, lin, b"x = 1\n", file_name=name.replace(ending, "b.py"))
    record_report(nasty_report(first, load_error=Message(key="load_error_line", params=PARAMS)))
    second = submit_solution(assignment, lin, content(), file_name=name)
    record_progress(samples.note_of(second))
    record_report(nasty_report(second))
    second.refresh_from_db()
    assert second.score is not None
    return second


def harmless(response) -> str:
    text = response.content.decode()
    assert response.status_code == 200
    assert not [piece for piece in LIVE if piece in text]
    assert not [character for character in text if hides(character) and character not in "\r\ufeff"]
    return text


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_a_learners_pages_show_it_as_text(signed_in, lin, nasty, language):
    lin.language = language
    lin.save()
    learner = signed_in(lin)
    for number in (nasty.pk, nasty.pk - 1):
        for name in ("submission", "verdict"):
            shown = harmless(learner.get(reverse(f"assignments:{name}", args=[number])))
            assert "&lt;script&gt;alert(1)" in shown
            assert "{{ 70000|add:77 }}" in shown
    shown = harmless(learner.get(reverse("courses:course", args=["edge"])))
    # The editor holds the text itself, escaped once, so that what is typed on stays what was handed in.
    page = learner.get(reverse("assignments:assignment", args=["edge", "halving"])).content.decode()
    editor = page.split("<textarea")[1].split("</textarea>")[0]
    assert "<" not in editor.partition(">")[2]
    rest = page.replace(editor, "")
    assert not [piece for piece in LIVE if piece in rest]


def test_an_instructors_pages_show_it_as_text(signed_in, ada, nasty):
    teacher = signed_in(ada)
    for number in (nasty.pk, nasty.pk - 1):
        shown = harmless(teacher.get(reverse("teaching:submission", args=["edge", number])))
        assert "alert(1)" in shown
    for name in ("submissions", "course"):
        harmless(teacher.get(reverse(f"teaching:{name}", args=["edge"])))


def test_a_failure_of_ours_and_its_events_are_text_too(signed_in, ada, assignment, lin, settings):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    for _ in range(settings.GRADING_TRIES):
        submission.refresh_from_db()
        record_report(samples.failure_of_ours(submission) | {"failure": NASTY, "profile": NASTY})
    shown = harmless(signed_in(ada).get(reverse("teaching:submission", args=["edge", submission.pk])))
    assert "alert(1)" in shown


def test_the_admin_shows_it_as_text(signed_in, ada, nasty):
    ada.is_staff = ada.is_superuser = True
    ada.save()
    admin = signed_in(ada)
    for address in (
        reverse("admin:assignments_submission_changelist"),
        reverse("admin:assignments_submission_change", args=[nasty.pk]),
        reverse("admin:assignments_submission_change", args=[nasty.pk - 1]),
    ):
        harmless(admin.get(address))


def test_a_program_gets_json_that_holds_it_and_nothing_that_steers(lin, nasty):
    program = APIClient()
    program.force_authenticate(lin)
    for address in (f"/api/submissions/{nasty.pk}/", f"/api/assignments/{nasty.assignment_id}/submissions/"):
        response = program.get(address)
        assert response["Content-Type"] == "application/json"
        assert not [
            character for character in json.dumps(response.json(), ensure_ascii=False) if hides(character)
        ]


def test_a_spreadsheet_runs_none_of_it(signed_in, ada, lin, nasty):
    lin.first_name, lin.last_name = "=1+1", "@SUM(A1)"
    lin.save()
    text = signed_in(ada).get(reverse("teaching:submissions_csv", args=["edge"])).content.decode("utf-8-sig")
    cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]
    assert "'=1+1 @SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_download_is_the_text_itself_under_a_harmless_name(signed_in, lin, nasty):
    learner = signed_in(lin)
    for name, args in (("source", [nasty.pk]), ("file", [nasty.pk, 0])):
        response = learner.get(reverse(f"assignments:{name}", args=args))
        assert response.content.decode() == nasty.source
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"
        header = response["Content-Disposition"]
        assert header.startswith("attachment")
        assert header.isascii()
        assert header.isprintable()


@pytest.mark.parametrize("name", [f"{NASTY}.zip", "a.zip", f"{NASTY}.ipynb", f"{NASTY}.exe", f"{NASTY}.py"])
def test_a_refusal_names_it_as_text(signed_in, lin, assignment, name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.py", "x = 1\n")
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = NASTY + "/b.py"
        archive.writestr(info, "x")
    page = reverse("assignments:submit", args=["edge", "halving"])
    for headers in ({"HX-Request": "true"}, {}):
        upload = SimpleUploadedFile(name, buffer.getvalue() + b"\0")
        response = signed_in(lin).post(page, {"file": upload}, headers=headers)
        text = response.content.decode()
        assert response.status_code == 422
        assert not [piece for piece in LIVE if piece in text]
        assert not [character for character in text if hides(character)]
    assert not Submission.objects.exists()


def test_a_log_has_one_line_for_it(caplog, assignment, lin):
    submission = submit_solution(assignment, lin, SOURCE)
    forged = "\n2026-01-01 CRITICAL all is lost\x1b[31m"
    with caplog.at_level(logging.DEBUG):
        record_report(samples.report_of(submission) | {"submission_id": forged})
        record_report(samples.report_of(submission) | {"nonce": forged})
        record_report(samples.report_of(submission) | {"exercise": forged})
        record_report(samples.report_of(submission) | {"outcome": forged})
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("prova")]
    assert messages
    assert not [message for message in messages if any(map(hides, message)) or "\n" in message]
