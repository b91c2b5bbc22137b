import pytest
from django.core.cache import cache
from prova.accounts.models import AccessToken
from prova.accounts.tokens import issue, token_of
from prova.assignments.actions import record_report, submit_solution
from prova.assignments.models import Submission
from rest_framework.test import APIClient

from tests import people
from tests.prova.assignments import samples


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def program():
    """A program with somebody's token."""

    def with_token(person, language="en"):
        key = issue(person, "test")
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {key}", HTTP_ACCEPT_LANGUAGE=language)
        return client

    return with_token


@pytest.fixture
def api(program, lin):
    return program(lin)


def test_a_program_submits_and_reads_its_verdict(api, assignment):
    response = api.post(
        f"/api/assignments/{assignment.pk}/submissions/", {"source": samples.SOLUTION}, format="json"
    )
    assert response.status_code == 201
    assert (response.data["state"], response.data["position"]) == ("queued", 1)
    record_report(samples.report_of(Submission.objects.get(), samples.failed(), samples.HIDDEN_PASSED))
    answer = api.get(response["Location"]).json()
    assert (answer["state"], answer["score"], answer["max_score"]) == ("graded", 1.0, 4.0)
    wrong, right = answer["report"]["checks"]
    assert wrong["smallest_failing_input"] == ["halve(1)\n# → 0"]
    assert (wrong["expected"], wrong["got"]) == ("0.5", "0")
    assert "rounds down" in wrong["slip"]
    assert right["passed"]


def test_the_texts_are_in_the_language_asked_for(program, lin, assignment):
    submission = submit_solution(assignment, lin, samples.SOLUTION)
    record_report(samples.report_of(submission, samples.failed(), samples.HIDDEN_PASSED))
    answer = program(lin, "pt-BR").get(f"/api/submissions/{submission.pk}/").json()
    assert answer["report"]["checks"][0]["title"] == "Metade de um inteiro"
    assert "arredonda para baixo" in answer["report"]["checks"][0]["slip"]


def test_the_assignments_of_ones_courses_are_listed(api, assignment):
    (found,) = api.get("/api/assignments/").json()["results"]
    assert (found["id"], found["course"], found["title"]) == (assignment.pk, "edge", "Halving")
    assert found["functions"] == ["halve(x: float) -> float"]


def test_what_is_not_published_is_listed_for_instructors_only(api, program, ada, assignment):
    assignment.is_published = False
    assignment.save()
    assert api.get("/api/assignments/").json()["results"] == []
    assert len(program(ada).get("/api/assignments/").json()["results"]) == 1
    assert api.post(f"/api/assignments/{assignment.pk}/submissions/", {"source": "x"}).status_code == 404


def test_teaching_elsewhere_opens_no_door(program, sam, assignment):
    from prova.courses.models import Enrolment, Role

    elsewhere = people.make_course("elsewhere")
    Enrolment.objects.create(course=elsewhere, user=sam, role=Role.INSTRUCTOR)
    assert program(sam).get("/api/assignments/").json()["results"] == []


def test_ones_own_submissions_only(api, program, ada, sam, assignment, submission):
    assert api.get(f"/api/submissions/{submission.pk}/").status_code == 200
    for other in (ada, sam):
        assert program(other).get(f"/api/submissions/{submission.pk}/").status_code == 404
    assert program(ada).get(f"/api/assignments/{assignment.pk}/submissions/").json() == []
    assert len(api.get(f"/api/assignments/{assignment.pk}/submissions/").json()) == 1


def test_without_a_token_there_is_nothing(assignment, submission):
    for address in (
        "assignments/",
        f"assignments/{assignment.pk}/submissions/",
        f"submissions/{submission.pk}/",
    ):
        assert APIClient().get(f"/api/{address}").status_code == 401


def test_a_token_is_given_for_a_password(lin):
    answer = APIClient().post("/api/token/", {"username": "lin", "password": people.PASSWORD})
    assert token_of(answer.data["token"]) == AccessToken.objects.get(user=lin)
    assert APIClient().post("/api/token/", {"username": "lin", "password": "guess"}).status_code == 400


def test_guessing_passwords_is_slowed_down(lin):
    guesses = [APIClient().post("/api/token/", {"username": "lin", "password": str(n)}) for n in range(11)]
    assert guesses[-1].status_code == 429


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"source": ""}, 422, "empty"),
        ({"source": "x\x00"}, 422, "nul"),
        ({"source": "x = '\ud800'"}, 422, "not_utf_8"),
        ({"source": "#" * 70_000}, 422, "too_big"),
        ({"source": "{}", "file_name": "a.ipynb"}, 422, "no_notebook"),
        ({"source": "x", "file_name": "a.exe"}, 422, "not_python"),
    ],
)
def test_a_refusal_has_a_code_and_a_sentence(api, assignment, body, status, code):
    import json

    response = api.post(
        f"/api/assignments/{assignment.pk}/submissions/", json.dumps(body), content_type="application/json"
    )
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["detail"].endswith(".")
    assert not Submission.objects.exists()


def test_too_many_at_once_may_come_back_later(api, assignment, lin):
    for _ in range(3):
        submit_solution(assignment, lin, samples.SOLUTION)
    response = api.post(f"/api/assignments/{assignment.pk}/submissions/", {"source": samples.SOLUTION})
    assert (response.status_code, response.json()["code"]) == (429, "too_many_open")


@pytest.mark.parametrize("body", [{}, {"source": None}, {"source": ["x"]}, {"source": {}}, {"file": "x"}])
def test_a_body_that_makes_no_sense_is_refused(api, assignment, body):
    response = api.post(f"/api/assignments/{assignment.pk}/submissions/", body, format="json")
    assert response.status_code == 400


def test_hidden_inputs_are_not_in_the_answer(api, submission):
    leaky = samples.failed(name="half_of_anything", max_points=1.0, visible=False, slip=None)
    record_report(samples.report_of(submission, samples.passed(), leaky))
    hidden = api.get(f"/api/submissions/{submission.pk}/").json()["report"]["checks"][1]
    assert (hidden["smallest_failing_input"], hidden["expected"], hidden["got"]) == ([], "", "")


@pytest.mark.parametrize("path", ["/api/token/", "/api/assignments/{}/submissions/"])
def test_deeply_nested_json_is_bad_json(api, assignment, path):
    answer = api.post(path.format(assignment.pk), "[" * 200_000, content_type="application/json")
    assert answer.status_code == 400
