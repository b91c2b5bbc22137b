"""What drawing workers send, by name, to the queue `web`. Both may come twice, late, or never."""

from collections.abc import Mapping
from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError

from prova.assignments.tasks import with_patience
from prova.drawing import actions


@shared_task(name="prova.drawing_started", bind=True, max_retries=None)
def drawing_started(self: Any, message: Mapping[str, Any]) -> None:
    try:
        with_patience(lambda: actions.note_started(message))
    except (OperationalError, InterfaceError) as error:
        raise self.retry(exc=error, countdown=10) from None


@shared_task(name="prova.record_drawing", bind=True, max_retries=None)
def record_drawing(self: Any, message: Mapping[str, Any]) -> None:
    """Tries until the database is there. Lost all the same, the lease runs out and the sweeper asks again."""
    try:
        with_patience(lambda: actions.record_drawing(message))
    except (OperationalError, InterfaceError) as error:
        raise self.retry(exc=error, countdown=10) from None
