"""Celery settings that the grading workers and the site share, as plain values. Every figure here was tried with
real brokers: a worker, a pool process and the broker itself were killed in the middle of a task."""

from typing import Any
from urllib.parse import urlsplit

GRADING_QUEUE = "grading"
WEB_QUEUE = "web"

SOFT_TIME_LIMIT_S = 120  #: of one task; a submission's own limits are far tighter
TIME_LIMIT_S = SOFT_TIME_LIMIT_S + 30


def celery_settings(broker_url: str) -> dict[str, Any]:
    """Settings for `app.conf.update(...)`. ValueError: a broker that loses messages when a worker dies."""
    return {"broker_url": broker_url, **_COMMON, **_of_transport(urlsplit(broker_url).scheme)}


_COMMON: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_soft_time_limit": SOFT_TIME_LIMIT_S,
    "task_time_limit": TIME_LIMIT_S,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_publish_retry": True,
    "task_publish_retry_policy": {
        "max_retries": 5,
        "interval_start": 0.1,
        "interval_step": 0.3,
        "interval_max": 1.5,
    },
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "worker_cancel_long_running_tasks_on_connection_loss": False,  # the report is still sent; twice is once
    "worker_send_task_events": False,
    "enable_utc": True,
}

_VALKEY: dict[str, Any] = {
    "broker_transport_options": {
        # longer than the longest task, or a task still running is delivered a second time
        "visibility_timeout": TIME_LIMIT_S + 300,
        # unset, a task of a killed worker comes back only after ten sweeps of ten seconds on top of that
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    },
}

_RABBITMQ: dict[str, Any] = {
    "broker_transport_options": {"confirm_publish": True},
    "task_default_queue_type": "quorum",
    "task_create_missing_queue_type": "quorum",
    "worker_detect_quorum_queues": True,
}


def _of_transport(scheme: str) -> dict[str, Any]:
    if scheme in {"redis", "rediss", "redis+socket"}:
        return _VALKEY
    if scheme in {"amqp", "amqps", "pyamqp"}:
        return _RABBITMQ
    raise ValueError(
        f"BROKER_URL starts with {scheme!r}. Use redis+socket:///path/to/socket, redis:// or rediss:// for Valkey, "
        "amqp:// or amqps:// for RabbitMQ; other brokers lose the task of a worker that is killed."
    )
