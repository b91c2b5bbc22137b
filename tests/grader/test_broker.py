import pytest

from grader.broker import TIME_LIMIT_S, celery_settings

VALKEY = ["redis+socket:///run/valkey.sock?virtual_host=0", "redis://host:6379/0", "rediss://host/0"]
RABBITMQ = ["amqp://user:secret@host:5672/site", "amqps://host/"]


@pytest.mark.parametrize("url", VALKEY + RABBITMQ)
def test_a_task_is_acknowledged_after_its_work_and_returned_when_its_worker_dies(url: str) -> None:
    settings = celery_settings(url)

    assert settings["broker_url"] == url
    assert settings["task_acks_late"]
    assert settings["task_reject_on_worker_lost"]
    assert settings["worker_prefetch_multiplier"] == 1
    assert settings["accept_content"] == ["json"]


@pytest.mark.parametrize("url", VALKEY)
def test_valkey_gives_a_task_back_only_after_it_could_have_ended_and_then_soon(url: str) -> None:
    options = celery_settings(url)["broker_transport_options"]

    assert options["visibility_timeout"] > TIME_LIMIT_S
    assert options["unacked_restore_interval"] * options["unacked_restore_throttle"] <= 10


@pytest.mark.parametrize("url", RABBITMQ)
def test_rabbitmq_keeps_queues_on_a_majority_and_confirms_what_it_took(url: str) -> None:
    settings = celery_settings(url)

    assert settings["broker_transport_options"] == {"confirm_publish": True}
    assert settings["task_default_queue_type"] == settings["task_create_missing_queue_type"] == "quorum"
    assert settings["worker_detect_quorum_queues"]


@pytest.mark.parametrize("url", ["filesystem://", "sqlalchemy+postgresql://host/x", "memory://", "nonsense"])
def test_a_broker_that_loses_tasks_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="BROKER_URL"):
        celery_settings(url)
