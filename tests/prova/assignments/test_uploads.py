"""Archives and notebooks on pages, through the API, and on their way to a grader."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from prova.assignments.actions import publish_waiting, record_report, submit_solution
from prova.assignments.actions.publish import grading_job
from prova.assignments.models import Submission
from prova.assignments.shown_files import files_of
from prova.assignments.source_diff import Kind, diff_uploads
from prova.assignments.uploads import upload_of
from rest_framework.test import APIClient

from grader.report import Message
from grader.uploads.reader import read_upload
from grader.uploads.upload import Upload
from tests.grader.uploads.archives import packed
from tests.prova.assignments import samples

FILES = {
    "hw/submission.py": "from helper import halve\n",
    "hw/helper.py": "def halve(x):\n    return x / 2\n",
    "hw/parts/inner.py": "x = 1\n",
    "hw/README.md": "read me",
}
ARCHIVE = packed(FILES)
CELLS = ["%matplotlib inline", "def halve(x):\n    return x / 2", ""]
NOTEBOOK = json.dumps(
    {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": cell} for cell in CELLS]}
).encode()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def learner(signed_in, lin):
    return signed_in(lin)


@pytest.fixture
def submit(assignment):
    return reverse("assignments:submit", args=["edge", "halving"])


@pytest.fixture
def archive(assignment, lin):
    return submit_solution(assignment, lin, ARCHIVE, file_name="hw.zip")


def page_of(client, submission, name="submission", *args):
    return client.get(reverse(f"assignments:{name}", args=[submission.pk, *args])).content.decode()


# ---- from the page to the grader


def test_the_files_of_an_archive_reach_the_grader_and_no_disk(learner, submit, queue):
    response = learner.post(
        submit, {"source": "old", "file": SimpleUploadedFile("hw.zip", ARCHIVE)}, headers=HTMX
    )
    publish_waiting(queue.send)

    assert response.status_code == 200
    (job,) = queue.jobs
    assert job.source == FILES["hw/submission.py"]
    assert job.modules == {"helper": FILES["hw/helper.py"], "parts.inner": "x = 1\n"}
    assert type(job).from_message(json.loads(json.dumps(job.to_message()))) == job
    assert "only .py files are read from an archive: README.md" in response.content.decode()


def test_a_notebook_reaches_the_grader_as_python(learner, submit, queue):
    learner.post(submit, {"file": SimpleUploadedFile("hw.ipynb", NOTEBOOK)})
    publish_waiting(queue.send)

    (job,) = queue.jobs
    assert job.source.startswith("# %% cell 1\n# %matplotlib inline\n\n# %% cell 2\ndef halve(x):\n")
    assert Submission.objects.get().upload["cells"] == [2, 5, 9]


@pytest.mark.parametrize(
    ("name", "content", "english", "portuguese"),
    [
        ("a.zip", packed({"submission.py": "x", "../evil.py": "x"}), "“../evil.py”, which leads", "que leva para fora"),
        ("a.zip", packed({"a.py": "", "b.py": ""}), "Several files could", "Vários arquivos podem"),
        ("a.zip", packed({"a.py": "#" * 10_000_000}), "more than 64 KiB of Python", "mais de 64 KiB de código"),
        ("a.ipynb", b"[" * 100_000, "more than code", "muito mais que código"),
        ("a.ipynb", b'{"nbformat": 3}', "format 3", "formato 3"),
    ],
)  # fmt: skip
def test_a_refusal_is_said_next_to_the_field_in_the_persons_language(
    learner, submit, lin, name, content, english, portuguese
):
    for language, sentence in (("en", english), ("pt-br", portuguese)):
        lin.language = language
        lin.save()
        response = learner.post(submit, {"file": SimpleUploadedFile(name, content)}, headers=HTMX)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert learner.post(submit, {"file": SimpleUploadedFile(name, content)}).status_code == 422
    assert not Submission.objects.exists()


# ---- what was read is shown


def test_the_page_of_a_submission_shows_every_file(learner, archive):
    shown = page_of(learner, archive)

    assert "3 files" in shown
    for name in ("submission.py", "helper.py", "parts/inner.py"):
        assert f"<code>{name}</code>" in shown
    assert "return x / 2" in shown
    assert "main file" in shown
    assert shown.index("submission.py") < shown.index("<code>helper.py")


def test_a_notebook_is_shown_cell_by_cell(learner, assignment, lin):
    shown = page_of(learner, submit_solution(assignment, lin, NOTEBOOK, file_name="hw.ipynb"))

    assert "Code cell 1" in shown
    assert "Code cell 2" in shown
    assert "Code cell 3" not in shown
    assert "# %% cell" not in shown
    assert "that became comments, because they are not Python: 1." in shown


def test_each_file_can_be_had_as_it_was(learner, signed_in, ada, archive):
    for number, content in enumerate((FILES["hw/submission.py"], FILES["hw/helper.py"], "x = 1\n")):
        response = learner.get(reverse("assignments:file", args=[archive.pk, number]))
        assert response.content.decode() == content
        assert response["Content-Type"].startswith("text/plain")
        assert response["Content-Disposition"].startswith("attachment; filename=")
    for client, number in ((learner, 3), (learner, 10**17), (signed_in(ada), 0)):
        assert client.get(reverse("assignments:file", args=[archive.pk, number])).status_code == 404


def test_a_line_is_told_by_its_cell_or_by_its_file(learner, assignment, lin, archive):
    error = Message(key="student_error_line", params={"kind": "E", "text": "t", "line": 6})
    for submission, place in (
        (submit_solution(assignment, lin, NOTEBOOK, file_name="hw.ipynb"), "line 2 of code cell 2"),
        (archive, "line 6 of submission.py"),
        (submit_solution(assignment, lin, samples.SOLUTION), "in line 6:"),
    ):
        failed = samples.failed(message=error, slip=None)
        record_report(samples.report_of(submission, failed, samples.HIDDEN_PASSED))
        assert place in page_of(learner, submission)


def test_instructors_see_all_files_and_notices(signed_in, ada, archive):
    page = reverse("teaching:submission", args=["edge", archive.pk])
    shown = signed_in(ada).get(page).content.decode()

    for text in ("helper.py", "parts/inner.py", "README.md", "main file"):
        assert text in shown


def test_a_hint_is_said_at_once_and_once(learner, assignment, lin):
    submission = submit_solution(assignment, lin, "x = 1  # \u202e\n")
    hint = Message(
        key="review_invisible", params={"line": 1, "code": "U+202E", "name": "RIGHT-TO-LEFT OVERRIDE"}
    )
    for _ in range(2):
        assert page_of(learner, submission).count("U+202E (RIGHT-TO-LEFT OVERRIDE)") == 1
        record_report(samples.report_of(submission, notices=(hint,)))
        submission.refresh_from_db()
    assert submission.score == 4.0


# ---- going on from there


def test_the_other_files_go_along_with_what_is_typed_next(learner, submit, archive, queue):
    page = learner.get(reverse("assignments:assignment", args=["edge", "halving"])).content.decode()
    assert "<code>helper.py</code>, <code>parts/inner.py</code>" in page

    learner.post(submit, {"source": "import helper\n", "with_files_of": archive.pk})
    newest = Submission.objects.latest("pk")
    assert (newest.source, newest.upload["main"]) == ("import helper\n", "submission.py")
    assert newest.upload["modules"] == archive.upload["modules"]
    assert "Changes since submission" in page_of(learner, newest)


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 30, "²"])
def test_without_a_sound_number_what_is_typed_goes_alone(learner, submit, number):
    learner.post(submit, {"source": "x = 1\n", "with_files_of": number})
    assert Submission.objects.get().upload["modules"] == {}


def test_nobody_takes_files_of_somebody_else(signed_in, ada, submit, archive):
    signed_in(ada).post(submit, {"source": "x = 1\n", "with_files_of": archive.pk})
    assert Submission.objects.get(learner=ada).upload["modules"] == {}


def test_the_limit_counts_what_goes_along(learner, submit, assignment, lin):
    big = submit_solution(
        assignment, lin, packed({"submission.py": "x = 1\n", "a.py": "#\n" * 32_000}), file_name="a.zip"
    )
    response = learner.post(submit, {"source": "y = 2\n" * 500, "with_files_of": big.pk}, headers=HTMX)
    assert response.status_code == 422
    assert "more than 64 KiB" in response.content.decode()


def test_a_comparison_goes_file_by_file():
    def upload(**modules):
        return Upload(source="a\n", modules=modules, main="m.py")

    changes = diff_uploads(upload(same="x", gone="x", other="x"), upload(same="x", other="y", new="z"))

    assert [(change.name, change.kind) for change in changes] == [
        ("gone.py", Kind.REMOVED),
        ("new.py", Kind.ADDED),
        ("other.py", Kind.SAME),
    ]
    assert diff_uploads(upload(), Upload(source="a\n", main="renamed.py")) == ()
    assert diff_uploads(upload(), Upload(source="b\n", main="renamed.py"))[0].name == "renamed.py"


# ---- through the API


@pytest.fixture
def api(lin):
    client = APIClient()
    client.force_authenticate(lin)
    return client


def test_a_program_hands_in_an_archive(api, assignment):
    address = f"/api/assignments/{assignment.pk}/submissions/"
    response = api.post(address, {"file": SimpleUploadedFile("hw.zip", ARCHIVE)}, format="multipart")

    assert response.status_code == 201
    assert response.json()["files"] == [
        {"name": "submission.py", "bytes": 25},
        {"name": "helper.py", "bytes": 31},
        {"name": "parts/inner.py", "bytes": 6},
    ]
    assert "README.md" in response.json()["notices"][0]


@pytest.mark.parametrize(
    ("name", "code"), [("a.zip", "damaged"), ("a.ipynb", "no_notebook"), ("a.exe", "not_python")]
)
def test_a_program_hears_why_a_file_is_refused(api, assignment, name, code):
    address = f"/api/assignments/{assignment.pk}/submissions/"
    response = api.post(address, {"file": SimpleUploadedFile(name, b"MZ\0")}, format="multipart")

    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.json()["detail"].endswith(".")


def test_a_program_sends_a_notebook_as_text_too(api, assignment):
    body = {"source": NOTEBOOK.decode(), "file_name": "hw.ipynb"}
    response = api.post(f"/api/assignments/{assignment.pk}/submissions/", body, format="json")

    assert response.json()["files"][0]["name"] == "hw.ipynb"


def test_a_program_that_sends_both_is_asked_for_one(api, assignment):
    body = {"source": "x", "file": SimpleUploadedFile("a.py", b"x")}
    response = api.post(f"/api/assignments/{assignment.pk}/submissions/", body, format="multipart")

    assert response.status_code == 400


# ---- rows


def test_a_row_gives_back_what_was_read(assignment, lin):
    for content, name in ((ARCHIVE, "hw.zip"), (NOTEBOOK, "hw.ipynb"), (b"x = 1\n", "a.py"), ("x = 1\n", "")):
        submission = submit_solution(assignment, lin, content, file_name=name)
        Submission.objects.update(state="system_error")
        submission.refresh_from_db()
        assert upload_of(submission) == read_upload(content, name)


def test_a_row_from_before_there_were_archives_has_one_file():
    old = Submission(source="x = 1\n", file_name="a.py")

    (file,) = files_of(upload_of(old))
    assert (file.name, file.source) == ("a.py", "x = 1\n")
    assert files_of(upload_of(Submission(source="x")))[0].name == "solution.py"


def test_a_regrade_takes_all_files_of_its_original(archive):
    shadow = Submission(pk=99, shadow_of=archive, exercise=archive.exercise, seed=1)

    job = grading_job(shadow)
    assert (job.submission_id, job.source, set(job.modules)) == (
        99,
        archive.source,
        {"helper", "parts.inner"},
    )
