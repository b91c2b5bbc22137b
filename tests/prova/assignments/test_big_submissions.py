import tempfile

from django.urls import reverse

TOO_MUCH = 3 * 1024**2 + 1


def test_a_text_area_may_hold_as_much_as_a_file_and_the_exercise_says_what_is_too_big(
    lin, signed_in, assignment
):
    page = reverse("assignments:submit", args=[assignment.course.slug, assignment.slug])
    for text, status in (("#" * (TOO_MUCH - 1000), 422), ("#" * TOO_MUCH, 413)):
        assert signed_in(lin).post(page, {"source": text}).status_code == status


def test_an_upload_is_never_written_to_a_disk(lin, signed_in, assignment, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there-is-no-such-folder"))
    upload = tmp_path / "solution.py"
    upload.write_text("#" * (TOO_MUCH - 1000))
    page = reverse("assignments:submit", args=[assignment.course.slug, assignment.slug])
    with upload.open("rb") as stream:
        answer = signed_in(lin).post(page, {"file": stream})
    assert answer.status_code == 422
    assert "more than 64 KiB" in answer.content.decode()
