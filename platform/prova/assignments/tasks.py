"""What graders send, by name, to the queue `web`. Both may come twice, late, or never."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError, connection

from prova.assignments import actions

log = logging.getLogger(__name__)

#: a restart of PostgreSQL takes a few seconds; in that time this worker has nothing else to do
_PAUSES_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)


@shared_task(name="prova.record_progress")
def record_progress(message: Mapping[str, Any]) -> None:
    try:
        actions.record_progress(message)
    except ValueError as error:
        log.error("a progress note was refused: %s", error)
    except (OperationalError, InterfaceError):
        connection.close()  # advisory: nobody misses it


@shared_task(name="prova.record_report", bind=True, max_retries=None)
def record_report(self: Any, message: Mapping[str, Any]) -> None:
    """Tries until the database is there. Lost all the same, the lease runs out and the sweeper has it graded again."""
    try:
        with_patience(lambda: actions.record_report(message))
    except (OperationalError, InterfaceError) as error:
        raise self.retry(exc=error, countdown=10) from None


def with_patience(write: Callable[[], object]) -> None:
    for pause_s in _PAUSES_S:
        try:
            write()
            return
        except (OperationalError, InterfaceError) as error:
            log.warning("the database does not answer, trying again: %s", str(error).strip().split("\n")[0])
            connection.close()
            time.sleep(pause_s)
    write()
