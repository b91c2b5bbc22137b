"""The processes of a site, besides its two servers."""

import os
import signal
from collections.abc import Mapping
from dataclasses import replace

from prova.embedded.child import Service
from prova.embedded.folders import Folders

#: Names (and their NAME_FILE twins) that a process running student code must never hold.
SITE_SECRETS = ("DATABASE_URL", "SECRET_KEY", "PGPASSWORD", "PGPASSFILE")
#: Celery loads Django wherever it sees this variable.
SITE_ONLY = (*SITE_SECRETS, "DJANGO_SETTINGS_MODULE")
#: No chatter with other workers, which embedded workers do not have: faster start, quieter broker.
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO")


WEB_WORKER = "prova.web_worker.WebWorker"
SERVING = ("--workers", "2", "--threads", "16")


def web(folders: Folders, environment: Mapping[str, str], listener: int) -> Service:
    """`listener`: the number of the open file of the socket on which the site is asked."""
    # Loaded once, then forked: half the processor time until the first answer after a restart, and shared memory.
    options = ("--bind", f"fd://{listener}", "--preload", "--worker-class", WEB_WORKER)
    waiting = (
        "--timeout",
        "60",
        "--graceful-timeout",
        "4",
        "--worker-tmp-dir",
        str(folders.run),
        "--no-control-socket",
    )
    command = (*_module(folders, "gunicorn"), *options, *SERVING, *waiting, "prova.wsgi:application")
    service = _service(folders, "web", command, {**environment, "DATABASE_PATIENCE_S": "10"})
    return replace(service, inherits=(listener,))


def grading_worker(folders: Folders, environment: Mapping[str, str]) -> Service:
    concurrency = str(min(2, os.cpu_count() or 1))
    options = (
        "-A",
        "grader.tasks",
        "worker",
        "-Q",
        "grading",
        "--hostname",
        "grading@%h",
        "--concurrency",
        concurrency,
    )
    return _service(
        folders,
        "grading-worker",
        (*_module(folders, "celery"), *options, *ALONE),
        for_grading(environment),
        hard_stop_signal=signal.SIGQUIT,
    )


def web_worker(folders: Folders, environment: Mapping[str, str]) -> Service:
    options = ("-A", "prova.celery", "worker", "-Q", "web", "--hostname", "web@%h", "--pool", "solo")
    return _service(
        folders,
        "web-worker",
        (*_module(folders, "celery"), *options, *ALONE),
        environment,
        hard_stop_signal=signal.SIGQUIT,
    )


def sweeper(folders: Folders, environment: Mapping[str, str]) -> Service:
    return _service(folders, "sweeper", (*_module(folders, "django"), "sweep"), environment)


def for_grading(environment: Mapping[str, str]) -> dict[str, str]:
    """What a process that handles student code may know of the site's environment."""
    left_out = {name for base in SITE_ONLY for name in (base, f"{base}_FILE")}
    return {name: value for name, value in environment.items() if name not in left_out}


def _module(folders: Folders, name: str) -> tuple[str, ...]:
    return (str(folders.python), "-m", name)


def _service(
    folders: Folders,
    name: str,
    command: tuple[str, ...],
    environment: Mapping[str, str],
    hard_stop_signal: int = signal.SIGKILL,
) -> Service:
    return Service(
        name=name,
        command=command,
        environment=environment,
        folder=folders.root,
        log=folders.logs / f"{name}.log",
        hard_stop_signal=hard_stop_signal,
    )
