import os
import sys
from pathlib import Path

import pytest

from grader.sandbox import runtime

as_root = pytest.mark.skipif(os.getuid() != 0, reason="NOT TESTED HERE: needs root, to act as another user")
SOMEBODY = (4243, 4243)


def names(*imports: str) -> set[str]:
    return {entry.name for entry in runtime.package_entries(imports)}


def test_a_package_comes_with_its_libraries() -> None:
    assert {"numpy", "numpy.libs"} <= names("numpy")


def test_a_package_comes_with_what_it_requires() -> None:
    assert {"torch", "numba", "llvmlite", "sympy", "typing_extensions.py"} <= names("numpy", "torch", "numba")


def test_nothing_else_comes_along() -> None:
    there = {name.partition("-")[0].partition(".")[0] for name in names("numpy", "torch", "numba")}

    assert there.isdisjoint({"django", "celery", "psycopg", "hypothesis", "pytest", "prova", "grader", "pip"})


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        runtime.package_entries(("no_such_package",))


def test_modules_of_the_standard_library_need_no_package() -> None:
    assert runtime.package_entries(("math",)) == ()


def test_this_interpreter_is_complete() -> None:
    interpreter = runtime.this_interpreter()

    assert interpreter.executable.is_file()
    assert not interpreter.executable.is_symlink()
    assert any((folder / "os.py").is_file() for folder in interpreter.library_folders)
    assert all(folder.is_relative_to(interpreter.prefix) for folder in interpreter.library_folders)


def test_what_this_user_runs_this_user_can_read() -> None:
    readable = runtime.readable_by(None, runtime.package_entries(("numpy",)))

    assert readable.interpreter == runtime.this_interpreter()
    assert readable.refused == ()


def test_an_unreadable_package_is_refused_with_a_remedy(tmp_path: Path) -> None:
    package = tmp_path / "package"

    readable = runtime.readable_by(None, (package,))

    assert readable.interpreter is None
    assert str(package) in readable.refused[0]
    assert "move the installation" in readable.refused[0]


@as_root
def test_another_user_cannot_use_what_lies_in_a_private_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "package").mkdir(parents=True)
    (home / "package" / "__init__.py").write_text("")
    home.chmod(0o700)

    readable = runtime.readable_by(SOMEBODY, (home / "package",))

    assert readable.interpreter is None
    (sentence,) = readable.refused
    assert str(home / "package") in sentence or f"No Python {sys.version_info[0]}" in sentence
    assert "uid 4243" in sentence


def test_no_readable_python_is_refused_with_a_remedy(tmp_path: Path) -> None:
    readable = runtime.readable_by(None, (), candidates=(tmp_path / "python3",))

    assert readable.interpreter is None
    (sentence,) = readable.refused
    assert str(tmp_path / "python3") in sentence
    assert "apt install python3" in sentence
