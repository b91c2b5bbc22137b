"""`manage.py test`: every check of the project, one after the other, on a database of its own."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from prova.embedded.folders import Folders
from prova.embedded.servers import servers

SOURCES = ("platform/prova", "grader", "questionbank", "reference_impl", "benchmarks", "tests", "manage.py")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]
    """A program of .venv and its arguments."""
    quiet: bool = True
    """Its output is shown only when it fails."""


#: One more than there are processors: many tests wait for a browser, a process or a clock.
_WORKERS = (os.cpu_count() or 1) + 1


def steps(pytest_arguments: list[str]) -> list[Step]:
    return [
        Step("format", ("ruff", "format", "--check", ".")),
        Step("lint", ("ruff", "check", ".")),
        Step("catalogues", ("python", "-m", "prova.embedded.catalogues", "platform/prova", "questionbank")),
        Step("types", ("mypy", *SOURCES)),
        Step("import contracts", ("lint-imports",)),
        Step("migrations", ("python", "-m", "django", "makemigrations", "--check", "--dry-run")),
        Step(
            "tests",
            ("python", "-m", "pytest", "-n", str(_WORKERS), "--dist", "loadfile", *pytest_arguments),
            quiet=False,
        ),
    ]


def run_tests(root: Path, pytest_arguments: list[str]) -> int:
    """Runs every step even after a failure, then names the failed ones. Exit code 0: all passed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="prova-test-") as scratch, _test_servers(root, scratch) as found:
        environment = os.environ | found | {"DJANGO_SETTINGS_MODULE": "prova.settings"}
        environment["PROVA_SITE_TEMPLATE"] = str(Path(scratch) / "site")
        environment["GRADING_DRAWS_AHEAD"] = (
            "no"  # of some thirty exercises each site is asked for one or two
        )
        if not any(map(shutil.which, CHROMIUM_NAMES)):
            print(
                "No Chromium on this machine: the browser tests are skipped (apt install chromium).",
                flush=True,
            )
        failed = [step.name for step in steps(pytest_arguments) if not _passes(step, root, environment)]
    took = f"{time.monotonic() - began:.0f} s"
    if failed:
        print(f"\nFailed after {took}: {', '.join(failed)}.", flush=True)
        return 1
    print(f"\nEvery check passed in {took}.", flush=True)
    return 0


def _test_servers(root: Path, scratch: str) -> AbstractContextManager[dict[str, str]]:
    return servers(Folders(root, Path(scratch) / "var"), "test", durable=False)


def _passes(step: Step, root: Path, environment: Mapping[str, str]) -> bool:
    began = time.monotonic()
    if not step.quiet:
        print(f"== {step.name}", flush=True)
    done = subprocess.run(
        [str(root / ".venv" / "bin" / step.command[0]), *step.command[1:]],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE if step.quiet else None,
        stderr=subprocess.STDOUT if step.quiet else None,
        text=True,
    )
    if step.quiet:
        print(
            f"== {step.name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - began:.1f} s)",
            flush=True,
        )
        if done.returncode:
            print(done.stdout, flush=True)
    return done.returncode == 0
