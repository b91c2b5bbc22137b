"""Rules about the files themselves."""

import platform
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def tracked() -> list[Path]:
    """The files of the repository; in a copy without git, those that would be."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    skipped = {".git", ".venv", "var"}
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)
    ]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path.relative_to(ROOT), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def mentions(pattern: str, *, but: str = "$.") -> list[str]:
    return [
        f"{path}:{number}"
        for path, text in texts()
        if not re.search(but, str(path)) and path != Path(__file__).relative_to(ROOT)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_the_folder_platform_hides_no_module_of_the_standard_library():
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not (ROOT / "platform.py").exists()
    assert platform.system() == "Linux"


def test_tests_never_hide_it_either():
    assert not (ROOT / "tests" / "platform").exists()
    assert not (ROOT / "tests" / "__init__.py").exists()


def test_no_package_registry_is_named():
    assert mentions(r"py[p]i\.org|python[h]osted\.org|npm[j]s|deb\.[d]ebian\.org") == []


def test_no_path_of_somebodys_machine_is_named():
    assert mentions(r"/home/[a-z]+/|/root/|/Users/|/work/", but="^tests/grader/hostile/") == []


def test_every_library_asked_for_is_pinned():
    pinned = {
        re.split(r"==", line)[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    project = (ROOT / "pyproject.toml").read_text().split("[tool.")[0]
    asked = {
        name.lower().replace("_", "-")
        for name in re.findall(r'^    "([\w-]+)(?:\[[\w,]+\])?[><=]', project, re.M)
    }
    assert len(asked) > 20
    assert asked <= pinned


@pytest.mark.parametrize(
    "name", ["grader", "questionbank", "reference_impl", "platform", "tests", "benchmarks"]
)
def test_every_top_folder_says_what_lives_in_it(name):
    assert (ROOT / name / "README.md").exists()


def test_no_compiled_catalogue_and_no_data_of_a_site_is_kept():
    assert [path for path in tracked() if path.suffix == ".mo" or path.is_relative_to(ROOT / "var")] == []
