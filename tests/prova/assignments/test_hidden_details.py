"""Nothing of what hidden checks found reaches a learner before its time; after it, everything does."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.actions.decide import decide_on_hidden_details
from prova.assignments.hidden_details import details_of, learners_may_read
from prova.assignments.models import Assignment, HiddenDetailsDecision, Submission

from grader.metric import Metric
from grader.picture import Staircase
from grader.report import Message, ShownCall, Verdict
from tests.prova.assignments import samples

#: in every field that could carry something out; no page shows any of it by chance
SECRET = "SECRET41"
SECRET_NUMBER = 7654321.5
DETAIL = samples.failed(
    name="half_of_anything",
    max_points=1.0,
    visible=False,
    verdict=Verdict.CPU_LIMIT,
    message=Message(key="wrong_value", params={"expected": f"{SECRET}e", "got": f"{SECRET}g"}),
    slip="floor_division",
    example=(ShownCall(function="halve", arguments=(f"'{SECRET}a'",), returned=f"'{SECRET}r'"),),
    expected=f"{SECRET}x",
    got=f"{SECRET}y",
    check_bug=f"ValueError: {SECRET}b",
    pictures=(Staircase(x=(0.0, 1.0), got=(0.0, SECRET_NUMBER), expected=(0.0, 1.0)),),
    metric=Metric(
        key="mse", value=SECRET_NUMBER, low=0.0, high=2 * SECRET_NUMBER, curve=((0.0, 1.0), (1.0, 0.0))
    ),
    calls=50,
    cpu_s=0.0764,
)
CONCEALED = samples.failed(
    name="half_of_anything",
    max_points=1.0,
    visible=False,
    message=Message(key="hidden_failed"),
    slip=None,
    example=(),
    expected=None,
    got=None,
)


@pytest.fixture
def graded(submission) -> Submission:
    record_report(samples.report_of(submission, samples.passed(), CONCEALED, hidden_details=(DETAIL,)))
    submission.refresh_from_db()
    return submission


def close(assignment, **ago) -> None:
    assignment.closes_at = timezone.now() - timedelta(**ago)
    assignment.save()


def answers(browser, submission) -> dict[str, str]:
    """Every address that shows a learner something of a submission."""
    assignment = submission.assignment
    page = reverse("assignments:assignment", args=[assignment.course.slug, assignment.slug])
    number = [submission.pk]
    addresses = [
        reverse("home"),
        reverse("courses:course", args=[assignment.course.slug]),
        page,
        reverse("assignments:submission", args=number),
        reverse("assignments:verdict", args=number),
        reverse("assignments:verdict", args=number) + "?seen=x",
        reverse("assignments:source", args=number),
        reverse("assignments:api_assignments"),
        reverse("assignments:api_submissions", args=[assignment.pk]),
        reverse("assignments:api_submission", args=number),
    ]
    found = {address: browser.get(address) for address in addresses}
    assert {response.status_code for response in found.values()} == {200}
    return {address: response.content.decode() for address, response in found.items()}


def tells(text: str) -> bool:
    return SECRET in text or "7654321" in text or "7.654e+06" in text or "Too slow" in text


def test_what_hidden_checks_found_is_kept_in_a_column_of_its_own(graded):
    assert SECRET in json.dumps(graded.hidden_details)
    assert SECRET not in json.dumps([graded.report, graded.progress])
    assert "hidden_details" not in graded.report
    assert not any(SECRET in json.dumps(event.detail) for event in graded.events.all())


@pytest.mark.parametrize("closes", [None, {"hours": -1}], ids=["never closes", "closes in an hour"])
@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_no_answer_to_a_learner_tells_of_hidden_inputs_before_the_closing_time(
    graded, signed_in, lin, closes, language
):
    lin.language = language
    lin.save()
    if closes:
        close(graded.assignment, **closes)
    shown = answers(signed_in(lin), graded)
    assert [address for address, text in shown.items() if tells(text)] == []


def test_after_the_closing_time_the_learner_reads_everything(graded, signed_in, lin):
    close(graded.assignment, seconds=1)
    shown = answers(signed_in(lin), graded)
    page = shown[reverse("assignments:submission", args=[graded.pk])]
    for part in ("a", "r", "x", "y"):
        assert f"{SECRET}{part}" in page
    assert "Too slow" in page
    assert "Likely slip:" in page
    assert "now explained" in page
    assert '<svg class="chart"' in page
    report = json.loads(shown[reverse("assignments:api_submission", args=[graded.pk])])["report"]
    assert report["checks"][1]["got"] == f"{SECRET}y"


def test_even_then_a_stumble_of_the_check_is_for_instructors_only(graded, signed_in, lin):
    close(graded.assignment, seconds=1)
    assert not any(f"{SECRET}b" in text for text in answers(signed_in(lin), graded).values())


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        ({"closes_at": None}, False),
        ({"closes_at": timezone.now() + timedelta(hours=1)}, False),
        ({"closes_at": timezone.now() - timedelta(hours=1)}, True),
        ({"closes_at": None, "is_published": False}, True),
        ({"closes_at": None, "exercise_slug": "another"}, True),
    ],
)
def test_nothing_is_told_while_others_work_on_the_same_exercise(graded, other, shown):
    close(graded.assignment, seconds=1)
    twin = Assignment.objects.get(pk=graded.assignment.pk)
    twin.pk, twin.slug = None, "twin"
    for name, value in other.items():
        setattr(twin, name, value)
    twin.save()
    assert bool(details_of(graded, for_instructor=False)) is shown


def test_a_learner_reads_only_of_their_own(graded, signed_in, sam):
    close(graded.assignment, seconds=1)
    browser = signed_in(sam)
    for name in ("submission", "verdict", "source", "api_submission"):
        assert browser.get(reverse(f"assignments:{name}", args=[graded.pk])).status_code == 404


def test_a_longer_time_hides_the_details_again(graded):
    close(graded.assignment, seconds=1)
    assert details_of(graded, for_instructor=False)
    close(graded.assignment, hours=-1)
    assert not details_of(graded, for_instructor=False)


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("closes", [None, {"hours": 1}, {"hours": -1}], ids=["never", "closed", "open"])
def test_what_an_instructor_decided_goes_before_the_closing_time(assignment, ada, shown, closes):
    if closes:
        close(assignment, **closes)
    assert decide_on_hidden_details(assignment, ada, shown=shown)
    assignment.refresh_from_db()
    assert learners_may_read(assignment) is shown


def test_every_decision_is_on_record_once(assignment, ada):
    assert decide_on_hidden_details(assignment, ada, shown=True)
    assert not decide_on_hidden_details(assignment, ada, shown=True)
    assert decide_on_hidden_details(assignment, ada, shown=False)
    record = HiddenDetailsDecision.objects.values_list("shown", "decided_by__username")
    assert list(record) == [(True, "ada"), (False, "ada")]


def test_a_submission_without_details_shows_none_however_late(assignment, lin, signed_in):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(samples.report_of(submission, samples.passed(), CONCEALED))
    close(assignment, hours=1)
    page = signed_in(lin).get(reverse("assignments:submission", args=[submission.pk])).content.decode()
    assert "now explained" not in page
    assert "hidden inputs" in page


def test_details_of_a_check_that_is_not_hidden_are_refused(submission):
    visible = samples.failed()
    record_report(samples.report_of(submission, visible, samples.HIDDEN_PASSED, hidden_details=(visible,)))
    submission.refresh_from_db()
    assert submission.state == "queued"
    assert submission.hidden_details == []
