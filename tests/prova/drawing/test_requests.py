"""A request to draw ends as variants or as a sentence, once, whatever is lost or killed on the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from prova.assignments.broker import BrokerUnreachable
from prova.authoring.models import Draft
from prova.drawing import actions
from prova.drawing.models import DrawRequest, DrawState
from prova.drawing.table import table_of
from prova.drawing.variants import Found, request_variants, variants_of

from grader.draw_job import DrawJob
from grader.draw_worker import draw_report
from questionbank.definition import QuestionDefinition
from tests.questionbank.samples import numeric

pytestmark = pytest.mark.django_db

PARAMETERS = {"draw": {"a": {"from": 2, "to": 99}}, "key": "a + 0.5", "slips": {"no_codebook": "2 * a"}}


def question(**changes: Any) -> QuestionDefinition:
    return numeric(
        **{"key": None, "generator": None, "parameters": PARAMETERS, "variant_count": 3, **changes}
    )


@pytest.fixture
def draft(ada) -> Draft:
    return Draft.objects.create(slug="a-numeric", topic="quantization", content={}, author=ada)


class Broker:
    """Takes messages; a worker that draws them for real is one call away."""

    def __init__(self) -> None:
        self.jobs: list[DrawJob] = []
        self.is_away = False

    def send(self, job: DrawJob) -> None:
        if self.is_away:
            raise BrokerUnreachable("away")
        self.jobs.append(DrawJob.from_message(job.to_message()))

    def drawn(self, job: DrawJob | None = None) -> dict[str, Any]:
        return draw_report(job or self.jobs[-1], no_sandbox).to_message()


def no_sandbox() -> Any:
    raise AssertionError("declared parameters need none")


@pytest.fixture
def broker(monkeypatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(actions, "send_or_leave_it_to_the_sweeper", lambda: None)
    return broker


def started(job: DrawJob) -> dict[str, Any]:
    return {"request_id": job.request_id, "nonce": job.nonce}


def test_variants_are_asked_for_drawn_and_found(draft, ada, broker):
    assert variants_of(draft.pk, question()).state == Found.NONE
    assert request_variants(draft.pk, 1, question(), ada).state == Found.PENDING
    assert actions.send_waiting(broker.send) == 1
    assert actions.note_started(started(broker.jobs[0]))
    assert actions.record_drawing(broker.drawn())
    found = variants_of(draft.pk, question())
    assert found.state == Found.DRAWN
    assert len({variant.as_text for variant in found.variants}) == 3
    table = table_of(found, "pt-br")
    assert [row.number for row in table.rows] == [1, 2, 3]
    assert table.rows[0].key.endswith(",5")


def test_asking_twice_asks_once_and_a_change_of_words_keeps_the_variants(draft, ada, broker):
    for _ in range(2):
        request_variants(draft.pk, 1, question(), ada)
    assert actions.send_waiting(broker.send) == 1
    assert actions.send_waiting(broker.send) == 0
    actions.record_drawing(broker.drawn())
    assert variants_of(draft.pk, replace(question(), level="recall")).state == Found.DRAWN
    assert variants_of(draft.pk, question(variant_count=4)).state == Found.NONE
    assert request_variants(draft.pk, 2, question(), ada, again=True).state == Found.PENDING


def test_a_report_is_recorded_once_and_only_of_the_current_try(draft, ada, broker):
    request_variants(draft.pk, 1, question(), ada)
    actions.send_waiting(broker.send)
    report = broker.drawn()
    assert not actions.record_drawing({**report, "nonce": str(uuid4())})
    assert not actions.record_drawing({**report, "nonce": "none"})
    assert not actions.record_drawing({**report, "request_id": report["request_id"] + 1})
    assert actions.record_drawing(report)
    assert not actions.record_drawing({**report, "variants": []})
    assert variants_of(draft.pk, question()).state == Found.DRAWN


@pytest.mark.parametrize(
    "change",
    [
        {"variants": []},
        {"variants": [{"params": {}, "options": {}, "key": None}] * 3},
        {"outcome": "drawn", "variants": [1, 2, 3]},
        {"outcome": "refused", "problem": {"key": "no such", "params": {}}},
        {"outcome": "graded"},
        {"redraws": [{"variant": 1}]},
    ],
)
def test_a_report_that_cannot_be_is_our_failure_and_tried_again(draft, ada, broker, change):
    request_variants(draft.pk, 1, question(), ada)
    actions.send_waiting(broker.send)
    assert actions.record_drawing({**broker.drawn(), **change})
    request = DrawRequest.objects.get()
    assert (request.state, request.sent_at) == (DrawState.WAITING, None)
    assert str(request.nonce) != broker.jobs[0].nonce


def test_after_three_tries_the_author_is_told_that_it_is_ours(draft, ada, broker):
    request_variants(draft.pk, 1, question(), ada)
    for _ in range(3):
        actions.send_waiting(broker.send)
        actions.note_started(started(broker.jobs[-1]))
        actions.record_drawing({**broker.drawn(), "outcome": "system_error", "failure": "a disk"})
    found = variants_of(draft.pk, question())
    assert (found.state, len(broker.jobs)) == (Found.FAILED, 3)
    assert "falha do site" in found.problem_text("pt-br")
    assert request_variants(draft.pk, 1, question(), ada).state == Found.PENDING


def test_what_the_author_has_to_mend_is_said_and_not_tried_again(draft, ada, broker):
    asked = question(parameters={**PARAMETERS, "key": "a / 0"})
    request_variants(draft.pk, 1, asked, ada)
    actions.send_waiting(broker.send)
    actions.record_drawing(broker.drawn())
    found = variants_of(draft.pk, asked)
    assert found.state == Found.FAILED
    assert "a / 0" in found.problem_text("en")
    assert actions.sweep_draws(timezone.now() + timedelta(days=1), broker.send) == 0


def test_after_the_operator_has_given_a_sandbox_asking_again_draws(draft, ada, broker):
    asked = question(parameters=None, generator_source="def generate(draw): return {}")
    request_variants(draft.pk, 1, asked, ada)
    actions.send_waiting(broker.send)
    problem = {"key": "no_sandbox", "params": {"text": "Landlock is switched off."}}
    actions.record_drawing({**broker.drawn(), "outcome": "refused", "problem": problem, "failure": ""})
    found = variants_of(draft.pk, asked)
    assert (found.state, "Landlock" in found.problem_text("en")) == (Found.FAILED, True)
    assert request_variants(draft.pk, 1, asked, ada).state == Found.PENDING


def test_a_broker_that_is_away_gets_the_message_when_it_is_back(draft, ada, broker):
    broker.is_away = True
    request_variants(draft.pk, 1, question(), ada)
    assert actions.send_waiting(broker.send) == 0
    broker.is_away = False
    assert actions.sweep_draws(send=broker.send) == 1


def test_a_lost_message_is_sent_again_and_counts_no_try(draft, ada, broker):
    request_variants(draft.pk, 1, question(), ada)
    actions.send_waiting(broker.send)
    assert actions.sweep_draws(send=broker.send) == 0
    for days in (1, 2):
        assert actions.sweep_draws(timezone.now() + timedelta(days=days), broker.send) == 1
    assert {job.nonce for job in broker.jobs} == {broker.jobs[0].nonce}
    assert actions.record_drawing(broker.drawn(broker.jobs[0]))


def test_workers_that_die_while_drawing_cost_three_tries(draft, ada, broker):
    request_variants(draft.pk, 1, question(), ada)
    actions.send_waiting(broker.send)
    for _ in range(3):
        assert actions.note_started(started(broker.jobs[-1]))
        actions.sweep_draws(timezone.now() + timedelta(days=1), broker.send)
    assert variants_of(draft.pk, question()).state == Found.FAILED
    assert len(broker.jobs) == 3


def test_the_page_waits_shows_the_table_and_is_nobody_elses(
    draft, ada, lin, broker, signed_in, django_assert_num_queries
):
    asked = request_variants(draft.pk, 1, question(), ada)
    url = f"/bank/drawings/{asked.request_id}/"
    page = signed_in(ada).get(url).content.decode()
    assert "hx-trigger=" in page
    assert f'href="{url}"' in page
    actions.send_waiting(broker.send)
    actions.record_drawing(broker.drawn())
    client = signed_in(ada)
    client.get(url)
    with django_assert_num_queries(4):
        fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger=" not in fragment
    assert "<html" not in fragment
    assert fragment.count('<th scope="row"') == 3
    assert signed_in(lin).get(url).status_code == 404
    assert signed_in(ada).get("/bank/drawings/999999/").status_code == 404
