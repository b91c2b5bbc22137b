import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from prova.assignments.actions import publish_waiting, record_progress, record_report, submit_solution
from prova.assignments.models import State, Submission

from tests.prova.assignments import samples

HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(assignment):
    return reverse("assignments:assignment", args=["edge", "halving"])


@pytest.fixture
def submit(assignment):
    return reverse("assignments:submit", args=["edge", "halving"])


@pytest.fixture
def learner(signed_in, lin):
    return signed_in(lin)


def graded(assignment, person, *checks, source=samples.SOLUTION):
    submission = submit_solution(assignment, person, source)
    record_report(samples.report_of(submission, *checks))
    return submission


def text(response):
    return response.content.decode()


# ---- the exercise


def test_the_page_says_what_to_write_and_what_is_checked(learner, page):
    shown = text(learner.get(page))
    assert "<math" in shown
    assert "halve(x: float)" in shown
    assert "Half of a whole number" in shown
    assert "3 points" in shown
    assert "hidden inputs" in shown
    assert "raise NotImplementedError" in shown


def test_in_portuguese_everything_is_portuguese(learner, page, lin):
    lin.language = "pt-br"
    lin.save()
    shown = text(learner.get(page))
    for word in ("Metade", "Metade de um inteiro", "A sua solução", "entradas ocultas"):
        assert word in shown
    assert "Your solution" not in shown


def test_the_last_submission_is_in_the_editor(learner, page, assignment, lin):
    graded(assignment, lin, source="# mine\n" + samples.SOLUTION)
    assert "# mine" in text(learner.get(page))


@pytest.mark.parametrize("name", ["assignment", "submission", "verdict", "source"])
def test_strangers_find_nothing(signed_in, sam, client, assignment, lin, name):
    submission = graded(assignment, lin)
    args = ["edge", "halving"] if name == "assignment" else [submission.pk]
    address = reverse(f"assignments:{name}", args=args)
    assert signed_in(sam).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_nobody_sees_somebody_elses_submission(signed_in, ada, assignment, lin):
    submission = graded(assignment, lin)
    for name in ("submission", "verdict", "source"):
        assert signed_in(ada).get(reverse(f"assignments:{name}", args=[submission.pk])).status_code == 404


def test_an_unpublished_assignment_is_for_instructors_only(learner, signed_in, ada, page, submit, assignment):
    assignment.is_published = False
    assignment.save()
    assert learner.get(page).status_code == 404
    assert learner.post(submit, {"source": samples.SOLUTION}).status_code == 404
    assert signed_in(ada).get(page).status_code == 200


def test_a_session_that_ended_sends_the_whole_page_to_sign_in(client, submission, submit):
    for response in (
        client.post(
            submit, {"source": "x"}, headers=HTMX | {"HX-Current-URL": "http://testserver/courses/edge/"}
        ),
        verdict_of(client, submission),
    ):
        assert response.status_code == 200
        assert "sign-in" in response["HX-Redirect"]
        assert not response.content


# ---- submitting


def test_without_a_script_one_lands_on_the_submission(learner, submit):
    response = learner.post(submit, {"source": samples.SOLUTION})
    submission = Submission.objects.get()
    assert response.url == reverse("assignments:submission", args=[submission.pk])
    assert "Queued" in text(learner.get(response.url))


def test_with_htmx_the_verdict_is_answered_and_asks_again(learner, submit):
    shown = text(learner.post(submit, {"source": samples.SOLUTION}, headers=HTMX))
    assert 'hx-trigger="every' in shown
    assert "yours is next" in shown


def test_lines_of_the_text_area_keep_their_ends(learner, submit):
    learner.post(submit, {"source": "def halve(x):\r\n    return x\r\n"})
    assert Submission.objects.get().source == "def halve(x):\n    return x\n"


def test_an_uploaded_file_goes_before_the_text(learner, submit):
    learner.post(submit, {"source": "old", "file": SimpleUploadedFile("halve.py", b"new = 1\r\n")})
    submission = Submission.objects.get()
    assert (submission.source, submission.file_name) == ("new = 1\n", "halve.py")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bomb.zip", b"PK", "not a sound .zip"),
        ("program.exe", b"MZ", "Other kinds of files"),
        ("big.py", b"#" * 3_000_000, "more than 64 KiB"),
        ("latin.py", "é".encode("latin-1"), "not UTF-8"),
        ("binary.py", b"\x7fELF\0", "NUL"),
    ],
)
def test_a_refused_file_is_explained_where_one_is(learner, submit, name, content, sentence):
    for headers in (HTMX, {}):
        response = learner.post(
            submit, {"source": "", "file": SimpleUploadedFile(name, content)}, headers=headers
        )
        assert response.status_code == 422
        assert sentence in text(response)
    assert not Submission.objects.exists()


def test_what_was_typed_survives_a_refusal(learner, submit, assignment, lin):
    for _ in range(3):
        submit_solution(assignment, lin, samples.SOLUTION)
    shown = text(learner.post(submit, {"source": "# precious\n"}))
    assert "3 submissions waiting" in shown
    assert "# precious" in shown


def test_a_forged_form_is_refused(lin, submit):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lin)
    assert strict.post(submit, {"source": samples.SOLUTION}).status_code == 403


# ---- the verdict


def verdict_of(client, submission, seen=""):
    return client.get(reverse("assignments:verdict", args=[submission.pk]), {"seen": seen}, headers=HTMX)


def test_it_tells_the_place_in_the_queue(signed_in, lin, assignment, ada):
    submit_solution(assignment, ada, samples.SOLUTION)
    mine = submit_solution(assignment, lin, samples.SOLUTION)
    assert "number 2 in line" in text(verdict_of(signed_in(lin), mine))


def test_it_ticks_check_by_check(learner, submission):
    record_progress(samples.note_of(submission))
    record_progress(
        samples.note_of(submission, "check_ended", check="half_of_a_whole_number", verdict="passed", done=1)
    )
    shown = text(verdict_of(learner, submission))
    assert "1 of 2 checks done" in shown
    assert "Passed" in shown


def test_nothing_is_sent_while_nothing_changes(learner, submission):
    shown = text(verdict_of(learner, submission))
    seen = shown.split("?seen=")[1].split('"')[0]
    assert verdict_of(learner, submission, seen).status_code == 204
    record_progress(samples.note_of(submission))
    assert verdict_of(learner, submission, seen).status_code == 200


def test_the_asking_stops_with_the_mark(learner, submission):
    record_report(samples.report_of(submission))
    shown = text(verdict_of(learner, submission))
    assert "hx-trigger" not in shown
    assert "Full marks" in shown
    assert "Graded: 4 of 4 points." in shown


def test_a_wrong_result_shows_the_call_the_values_and_the_slip(learner, submission):
    record_report(samples.report_of(submission, samples.failed(), samples.HIDDEN_PASSED))
    shown = text(verdict_of(learner, submission))
    assert "halve(1)" in shown
    assert "<mark>0.5</mark>" in shown
    assert "<mark>0</mark>" in shown
    assert "which rounds down" in shown
    assert "Wrong result" in shown


def test_hidden_inputs_stay_hidden_even_if_a_report_carries_them(learner, submission):
    leaky = samples.failed(name="half_of_anything", max_points=1.0, visible=False, slip=None)
    record_report(samples.report_of(submission, samples.passed(), leaky))
    for name in ("verdict", "submission"):
        shown = text(learner.get(reverse(f"assignments:{name}", args=[submission.pk])))
        assert "halve(1)" not in shown
        assert "<mark>" not in shown


def test_what_the_code_printed_is_text_and_nothing_else(learner, submission):
    nasty = "<script>alert(1)</script>\x1b[31m\u202e"
    report = samples.report_of(
        submission, samples.failed(got=nasty, slip=None), samples.HIDDEN_PASSED, printed=nasty
    )
    record_report(report)
    shown = text(learner.get(reverse("assignments:submission", args=[submission.pk])))
    assert "<script>alert" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;␛[31m[U+202E]" in shown


def test_markdown_that_a_learner_returns_is_not_rendered(learner, submission):
    from grader.report import Message

    message = Message(key="floor_division", params={"got": "[click](https://example.org)"})
    record_report(samples.report_of(submission, samples.failed(message=message), samples.HIDDEN_PASSED))
    assert '<a href="https' not in text(verdict_of(learner, submission))


def test_characters_that_hide_are_pointed_out(learner, assignment, lin):
    submission = submit_solution(assignment, lin, "x = 1  # \u202e\n")
    shown = text(verdict_of(learner, submission))
    assert "U+202E (RIGHT-TO-LEFT OVERRIDE)" in shown


def test_a_failure_of_ours_is_said_plainly(learner, submission, settings):
    for _ in range(settings.GRADING_TRIES):
        record_report(samples.failure_of_ours(Submission.objects.get()))
    shown = text(verdict_of(learner, submission))
    assert "The failure is ours" in shown
    assert "does not count as an attempt" in shown
    assert "the zygote died" not in shown


def test_graders_that_are_away_are_mentioned(learner, submission):
    from datetime import timedelta

    Submission.objects.update(created_at=submission.created_at - timedelta(minutes=1))
    assert "The graders are not answering" in text(verdict_of(learner, submission))


def test_the_page_of_a_submission_shows_what_changed(learner, assignment, lin):
    graded(
        assignment, lin, samples.failed(), samples.HIDDEN_PASSED, source="def halve(x):\n    return x // 2\n"
    )
    second = graded(assignment, lin)
    shown = text(learner.get(reverse("assignments:submission", args=[second.pk])))
    assert "Changes since submission" in shown
    assert "return x // 2" in shown
    assert "Earlier submissions" in shown


def test_the_file_comes_back_as_it_was(learner, assignment, lin):
    submission = graded(assignment, lin, source="# ção\nx = '<b>\u202e'\n")
    response = learner.get(reverse("assignments:source", args=[submission.pk]))
    assert response.content.decode() == "# ção\nx = '<b>\u202e'\n"
    assert response["Content-Type"].startswith("text/plain")
    assert "attachment" in response["Content-Disposition"]


def test_every_state_has_a_page(learner, submission):
    for state in State.values:
        Submission.objects.update(state=state, score=0.0, max_score=4.0, report=samples.report_of(submission))
        for name in ("submission", "verdict"):
            assert learner.get(reverse(f"assignments:{name}", args=[submission.pk])).status_code == 200


# ---- how much is asked of the database


@pytest.mark.parametrize("count", [1, 5])
def test_the_exercise_page_asks_as_much_with_many_submissions_as_with_one(
    learner, page, assignment, lin, count, django_assert_num_queries
):
    for _ in range(count):
        graded(assignment, lin)
    with django_assert_num_queries(5):  # session, person, course and role, assignment, submissions
        learner.get(page)


def test_a_poll_asks_little(learner, submission, queue, django_assert_num_queries):
    with django_assert_num_queries(4):  # session, person, submission, the place in line
        verdict_of(learner, submission)
    publish_waiting(queue.send)
    with django_assert_num_queries(4):
        verdict_of(learner, submission)
    record_report(samples.report_of(submission))
    with django_assert_num_queries(3):
        verdict_of(learner, submission)
