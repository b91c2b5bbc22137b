"""A database and a broker for the whole run. `manage.py test` brings its own; where nobody did, they are started here,
once, in the process that the xdist workers are started from and inherit their environment from."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import django
import pytest
from hypothesis import settings
from prova.embedded.folders import Folders
from prova.embedded.servers import servers

from tests.chromium import chromium

# A busy machine says nothing about a law.
settings.register_profile("prova", deadline=None)
settings.load_profile("prova")

#: With this variable set, a test of these marks that would be skipped fails instead (.ci/run sets it).
REQUIRE_ALL = "PROVA_REQUIRE_ALL"
NEVER_SKIPPED = ("sandbox", "browser", "mnist")
#: Marks of files that take long, the longest first.
LONG = ("browser", "processes", "mnist", "sandbox")

_session = ExitStack()


def _start_servers() -> None:
    scratch = Path(tempfile.mkdtemp(prefix="prova-test-"))
    _session.callback(shutil.rmtree, scratch, ignore_errors=True)
    folders = Folders(Path(__file__).resolve().parent.parent, scratch / "var")
    os.environ.update(_session.enter_context(servers(folders, "pytest", durable=False)))


def _is_controller() -> bool:
    return "PYTEST_XDIST_WORKER" not in os.environ


# There is a process for each processor already. Threads of torch and numpy that wait for each other by spinning took
# two to four times the processor time of one thread. Read when those are imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before any other conftest is imported: they may import models, which needs the settings, which need the variables.
if _is_controller() and not os.environ.get("DATABASE_URL"):
    _start_servers()
os.environ.setdefault("SECRET_KEY", "for tests only")
os.environ.setdefault("BROKER_URL", "redis+socket:///nowhere")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
django.setup()


def pytest_unconfigure() -> None:
    _session.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skipped = {}
    if chromium() is None:
        skipped["browser"] = "no Chromium on this machine: apt install chromium"
    if not os.environ.get(REQUIRE_ALL):
        skipped["network"] = f"asks package registries: {REQUIRE_ALL}=1 runs it"
    for item in items:
        for mark, reason in skipped.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Files that take long come first, so that no process still has one before it when the others are done."""
    return next((place for place, mark in enumerate(LONG) if item.get_closest_marker(mark)), len(LONG))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    required = os.environ.get(REQUIRE_ALL) and any(map(item.get_closest_marker, NEVER_SKIPPED))
    if required and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although {REQUIRE_ALL} is set: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
