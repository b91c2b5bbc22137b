"""The two servers for the time of one management command or one test run."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from prova.embedded import postgres, valkey
from prova.embedded.child import Child, Service, last_lines
from prova.embedded.environment import given
from prova.embedded.folders import Folders
from prova.embedded.lock import DataLock, Holder, Taken
from prova.embedded.postgres import Postgres
from prova.embedded.refusal import Refusal
from prova.embedded.secret_key import secret_key
from prova.embedded.status import Status, read_status
from prova.embedded.valkey import Valkey


@contextmanager
def servers(folders: Folders, what: str, durable: bool = True) -> Iterator[dict[str, str]]:
    """The variables that lead to a running database and broker: the operator's own, those of a running `up`,
    or two servers started here and stopped at the end."""
    with ExitStack() as stack:
        found: dict[str, str] = {}
        if not (given("DATABASE_URL", os.environ) and given("BROKER_URL", os.environ)):
            folders.prepare()
            try:
                stack.enter_context(DataLock(folders.data / "lock", Holder(os.getpid(), what)))
                found = stack.enter_context(_own(folders, durable))
            except Taken:
                found = stack.enter_context(_guest(folders))
        if not given("SECRET_KEY", os.environ):
            folders.prepare()
            found["SECRET_KEY"] = secret_key(folders.data / "secret_key")
        yield {name: value for name, value in found.items() if not given(name, os.environ)}


@contextmanager
def _own(folders: Folders, durable: bool) -> Iterator[dict[str, str]]:
    database, broker = postgres.embedded(folders, durable), valkey.embedded(folders)
    environment = {**os.environ, "LC_ALL": "C"}
    folders.status.unlink(missing_ok=True)  # of an owner that was killed
    database.initialise()
    running: list[Child] = []
    embedded: tuple[Postgres | Valkey, ...] = (database, broker)
    try:
        for server in embedded:
            server.end_stale()
            running.append(Child(server.service(environment)))
        for server, child in zip(embedded, running, strict=True):
            _wait_until_ready(server, child)
        Status("", os.getpid(), True, database.url(), broker.url()).write(folders.status)
        yield {"DATABASE_URL": database.url(), "BROKER_URL": broker.url()}
    finally:
        try:
            _wait_for_guests(folders)
        finally:
            folders.status.unlink(missing_ok=True)
            for child in reversed(running):
                child.stop()


@contextmanager
def _guest(folders: Folders) -> Iterator[dict[str, str]]:
    with _guest_book(folders).open("w") as book:
        fcntl.flock(book, fcntl.LOCK_SH)
        status = _wait_for_status(folders.status)
        yield {"DATABASE_URL": status.database_url, "BROKER_URL": status.broker_url}


def _wait_for_status(path: Path, timeout_s: float = 30) -> Status:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if (status := read_status(path)) and status.database_url and status.broker_url:
            return status
        time.sleep(0.1)
    raise Refusal("Another command holds the data folder and its database did not become ready: see var/log.")


def _wait_for_guests(folders: Folders) -> None:
    """Commands that began while this one ran use its servers; they may finish."""
    with _guest_book(folders).open("w") as book:
        try:
            fcntl.flock(book, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another management command that uses this database.", flush=True)
            fcntl.flock(book, fcntl.LOCK_EX)


def _guest_book(folders: Folders) -> Path:
    return folders.run / "guests.lock"


def _wait_until_ready(server: Postgres | Valkey, child: Child, timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not server.ready():
        if child.ended() is not None or time.monotonic() > deadline:
            raise _did_not_start(child.service)
        time.sleep(0.02)


def _did_not_start(service: Service) -> Refusal:
    return Refusal(
        f"{service.name} does not start; the end of {service.log} says:\n{last_lines(service.log)}"
    )
