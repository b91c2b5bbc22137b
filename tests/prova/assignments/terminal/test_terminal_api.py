import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from prova.accounts.tokens import issue
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.catalogue import load_packages
from prova.assignments.models import Assignment, Exercise
from prova.assignments.terminal.learner_report import texts_for
from prova.courses.models import Enrolment
from rest_framework.test import APIClient

from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.report import GradingReport, Message, Outcome, Verdict
from tests.prova.assignments import samples


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


def program(person) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {issue(person, 'test')}")
    return client


@pytest.fixture
def pruning(course, db) -> Assignment:
    load_packages([read_exercise(EXERCISES_FOLDER / "magnitude-pruning")])
    exercise = Exercise.objects.get(slug="magnitude-pruning")
    return samples.make_assignment(course, exercise, slug="pruning", exercise_slug="magnitude-pruning")


def package(person, assignment):
    return program(person).get(f"/api/assignments/{assignment.pk}/package.zip")


def test_a_learner_gets_the_visible_checks_of_an_exercise(lin, pruning):
    answer = package(lin, pruning)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "checks.py" in archive.namelist()
        assert not [name for name in archive.namelist() if "solution" in name or "mutant" in name]
        about = json.loads(archive.read("package.json"))
        checks = archive.read("checks.py")
    assert about["version"] == pruning.exercise.version
    hidden = [check["name"] for check in pruning.exercise.metadata["checks"] if not check["visible"]]
    assert [one["name"] for one in about["left_out"]] == hidden
    assert not [name for name in hidden if name.encode() in checks]


def test_nobody_else_gets_it(lin, pruning, db):
    Enrolment.objects.filter(user=lin).delete()
    assert package(lin, pruning).status_code == 404
    assert APIClient().get(f"/api/assignments/{pruning.pk}/package.zip").status_code == 401


def test_before_it_opens_only_instructors_do(lin, ada, pruning):
    Assignment.objects.update(opens_at=timezone.now() + timedelta(hours=1))
    assert package(lin, pruning).json()["code"] == "not_open_yet"
    assert package(ada, pruning).status_code == 200


def test_of_a_version_that_is_not_on_this_disk_there_is_none(lin, pruning):
    Exercise.objects.update(version="0" * 24)
    answer = package(lin, pruning)
    assert answer.status_code == 404
    assert "Submit your file instead" in answer.json()["detail"]


def test_a_report_travels_as_values_with_the_texts_it_needs(lin, assignment):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    api = program(lin)
    waiting = api.get(f"/api/submissions/{submission.pk}/report/").json()
    assert (waiting["state"], waiting["position"], waiting["report"]) == ("queued", 1, None)
    detail = samples.failed(name="half_of_anything", max_points=1.0, visible=False, got="SECRET")
    hidden = samples.failed(
        name="half_of_anything", max_points=1.0, visible=False, message=None, example=(), got=None,
        expected=None, slip=None,
    )  # fmt: skip
    shown = samples.failed(check_bug="ValueError: SECRET", cause="SECRET")
    record_report(
        samples.report_of(
            submission,
            shown,
            hidden,
            hidden_details=(detail,),
            cpu_model="SECRET",
            notices=(Message(key="hidden_character"),),
        )
    )
    answer = api.get(f"/api/submissions/{submission.pk}/report/")
    found = answer.json()
    report = GradingReport.from_message(found["report"])
    assert (found["state"], report.score, report.max_score) == ("graded", 0.0, 4.0)
    assert report.checks[0].slip == "floor_division"
    assert found["texts"]["messages"]["floor_division"]["pt-br"].startswith("Você usou")
    assert found["texts"]["titles"]["en"] == "Halving"
    assert "SECRET" not in answer.content.decode()


def test_another_learners_report_is_not_given(lin, ada, assignment):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    assert program(ada).get(f"/api/submissions/{submission.pk}/report/").status_code == 404


def test_a_program_that_names_a_mistake_is_not_told_its_sentence():
    texts = {"en": "secret", "pt-br": "segredo"}
    metadata = {"titles": {}, "messages": {"checks.a": texts, "other_slip": texts}}
    told = Message(key="student_error", params={"kind": "ValueError", "text": "other_slip"})
    message = samples.failed(name="a", message=told, slip=None, verdict=Verdict.ERROR)
    report = GradingReport(
        submission_id=1, nonce="", outcome=Outcome.GRADED, exercise="", exercise_version="", checks=(message,)
    )
    assert set(texts_for(report, metadata)["messages"]) == {"checks.a"}
