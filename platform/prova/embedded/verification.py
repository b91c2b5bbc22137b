"""`manage.py test`: every check of the project, on a database of its own: the tests, and meanwhile what only reads."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
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

#: A file is of one process, and the files are handed out in the order of tests/conftest.py, the long ones first.
DISTRIBUTION = ("--dist", "loadfile", "--no-loadscope-reorder")


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
            ("python", "-m", "pytest", "-n", str(_WORKERS), *DISTRIBUTION, *pytest_arguments),
            quiet=False,
        ),
    ]


def run_tests(root: Path, pytest_arguments: list[str]) -> int:
    """Runs every step even after a failure, then names the failed ones. Exit code 0: all passed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="prova-test-") as scratch, _test_servers(root, scratch) as found:
        environment = os.environ | found | {"DJANGO_SETTINGS_MODULE": "prova.settings"}
        # The run starts hundreds of processes of the same sources, which need be compiled only once.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PROVA_SITE_TEMPLATE"] = str(Path(scratch) / "site")
        environment["GRADING_DRAWS_AHEAD"] = (
            "no"  # of some thirty exercises each site is asked for one or two
        )
        if not any(map(shutil.which, CHROMIUM_NAMES)):
            print(
                "No Chromium on this machine: the browser tests are skipped (apt install chromium).",
                flush=True,
            )
        failed = failed_steps(steps(pytest_arguments), root, environment)
    took = f"{time.monotonic() - began:.0f} s"
    if failed:
        print(f"\nFailed after {took}: {', '.join(failed)}.", flush=True)
        return 1
    print(f"\nEvery check passed in {took}.", flush=True)
    return 0


def failed_steps(steps: list[Step], root: Path, environment: Mapping[str, str]) -> list[str]:
    """Their names. The last step is the tests, which often wait for a clock or a browser: the others fill these pauses."""
    *readers, tests = steps
    with ThreadPoolExecutor(1) as aside:
        passed = [aside.submit(_passes, step, root, environment) for step in readers]
        are_tests_passed = _passes(tests, root, environment)
        failed = [step.name for step, each in zip(readers, passed, strict=True) if not each.result()]
    return failed if are_tests_passed else [*failed, tests.name]


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
