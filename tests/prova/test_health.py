from datetime import timedelta

import pytest
from django.utils import timezone
from prova.assignments.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker_in_memory(settings):
    from prova.celery import app

    before = app.conf.broker_url
    app.conf.update(broker_url="memory://")
    yield
    app.conf.update(broker_url=before)


def beat(age: timedelta) -> None:
    Heartbeat.objects.create(name="sweeper", beat_at=timezone.now() - age)


def test_it_works(client, broker_in_memory):
    beat(timedelta(seconds=1))
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"healthy": True, "database": "ok", "broker": "ok", "sweeper": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


def test_a_sweeper_that_was_never_seen_is_ill(client, broker_in_memory):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["sweeper"] == "ill: never seen"


def test_a_silent_sweeper_is_ill(client, broker_in_memory, settings):
    beat(timedelta(seconds=settings.SWEEP_INTERVAL_S * 5))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["sweeper"].startswith("ill: silent for")


def test_a_broker_that_does_not_answer_is_ill_and_its_address_is_not_told(client, broker_in_memory, tmp_path):
    from prova.celery import app

    beat(timedelta(seconds=1))
    app.conf.update(broker_url=f"redis+socket://{tmp_path}/secret.sock")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["broker"].startswith("ill: ")
    assert "secret" not in response.content.decode()


def test_it_only_looks(client):
    assert client.post("/healthz").status_code == 405
