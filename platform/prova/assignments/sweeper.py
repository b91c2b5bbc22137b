"""The sweeper's endless loop: at most one works at a time, and neither database nor broker may stop it by going away."""

import logging
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from prova.assignments.actions.sweep import sweep_once

log = logging.getLogger(__name__)

#: any number of our own; PostgreSQL keeps the lock until the session that took it ends, however it ends
_LOCK = 7_112_035_401


def run_sweeper(interval_s: float, stop: Event, once: bool = False) -> None:
    log.info("sweeping every %s s", interval_s)
    while not stop.is_set():
        _round()
        if once:
            break
        stop.wait(interval_s)
    connection.close()


def _round() -> None:
    try:
        if not _we_hold_the_lock():
            log.info("another sweeper is at work; standing by")
            return
        swept = sweep_once()
        if swept.expired or swept.published:
            log.info("%s leases had run out, %s jobs sent", swept.expired, swept.published)
    except (OperationalError, InterfaceError) as error:
        log.warning("the database does not answer, trying again: %s", str(error).strip().split("\n")[0])
        connection.close()
    except Exception:
        log.exception("this round failed; the next one starts anew")
        close_old_connections()


def _we_hold_the_lock() -> bool:
    """Taken anew by a new session; a session that holds it already may take it as often as it likes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
            " and granted) or pg_try_advisory_lock(%s)",
            [_LOCK],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
