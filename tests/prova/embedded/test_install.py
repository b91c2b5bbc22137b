"""The installer against a checkout of its own: with a real Python where it must refuse, with a pip that plays its part
where it must go on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prova.embedded.folders import Folders
from prova.embedded.install import MARKER, ensure_installed
from prova.embedded.refusal import Refusal

ROOT = Path(__file__).resolve().parents[3]
#: Plays `python -m pip install`: notes its arguments, says what pip says, fails when and as told.
PIP = """#!/bin/sh
echo "$@" >> "{root}/pip-calls"
if [ -e "{root}/no-network" ]; then echo "ERROR: No matching distribution found for torch"; exit 1; fi
echo "Collecting torch==1.0"
echo "Installing collected packages: torch, numpy"
if [ -e "{root}/disk-full" ]; then echo "OSError: [Errno 28] No space left on device"; exit 1; fi
echo "Successfully installed torch-1.0"
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    root = tmp_path / "checkout"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / "constraints.txt").write_text("torch==1.0\n")
    (root / "pyproject.toml").write_text("[project]\n")
    python = root / ".venv" / "bin" / "python"
    python.write_text(PIP.format(root=root))
    python.chmod(0o755)
    return Folders(root, root / "var")


def pip_calls(folders: Folders) -> list[str]:
    path = folders.root / "pip-calls"
    return path.read_text().splitlines() if path.exists() else []


def test_torch_comes_first_alone_and_from_the_index_without_cuda(folders):
    ensure_installed(folders)
    torch, rest = pip_calls(folders)
    assert "--no-deps" in torch
    assert "/whl/cpu torch==1.0" in torch
    assert "--only-binary :all:" in rest
    assert f"--constraint {folders.root}/constraints.txt --editable {folders.root}" in rest


def test_what_is_installed_is_not_installed_again(folders, capsys):
    ensure_installed(folders)
    before = pip_calls(folders)
    capsys.readouterr()
    ensure_installed(folders)
    assert pip_calls(folders) == before
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml"])
def test_changed_requirements_are_installed(folders, name):
    ensure_installed(folders)
    with (folders.root / name).open("a") as stream:
        stream.write("# changed\n")
    ensure_installed(folders)
    assert len(pip_calls(folders)) == 4


def test_the_site_is_installed_and_not_only_what_grades_at_a_terminal(folders):
    ensure_installed(folders)
    assert pip_calls(folders)[-1].endswith(f"--editable {folders.root}[site]")


def test_an_extra_is_added_once_and_stays(folders):
    ensure_installed(folders)
    ensure_installed(folders, ["dev"])
    assert pip_calls(folders)[-1].endswith(f"--editable {folders.root}[site,dev]")
    before = pip_calls(folders)
    ensure_installed(folders)
    ensure_installed(folders, ["dev"])
    assert pip_calls(folders) == before


def test_without_a_network_a_working_installation_goes_on_working(folders):
    ensure_installed(folders)
    (folders.root / "no-network").touch()
    with pytest.raises(Refusal, match=r"could not be fetched.*Check the network"):
        ensure_installed(folders, ["dev"])
    before = pip_calls(folders)
    ensure_installed(folders)
    assert pip_calls(folders) == before


def test_a_disk_that_fills_up_is_named_and_the_torn_installation_is_not_taken_for_whole(folders):
    (folders.root / "disk-full").touch()
    with pytest.raises(Refusal, match="The disk is full"):
        ensure_installed(folders)
    assert (folders.venv / MARKER).exists()


def test_progress_and_the_full_log_are_there_to_read(folders, capsys):
    ensure_installed(folders)
    assert "writing 2 packages" in capsys.readouterr().out
    assert "Successfully installed torch-1.0" in (folders.root / "var" / "log" / "install.log").read_text()


def checkout(folder: Path) -> Path:
    """What `manage.py install` needs of this repository, without .venv."""
    for name in ("manage.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    package = folder / "platform" / "prova"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "platform" / "prova" / "__init__.py", package)
    shutil.copytree(ROOT / "platform" / "prova" / "embedded", package / "embedded")
    return folder


def install(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(root / "none"), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [os.path.realpath(sys.executable), "manage.py", "install"],
        cwd=root,
        env={"PATH": os.environ["PATH"], "HOME": str(root)} | offline | environment,
        capture_output=True,
        text=True,
    )


def test_a_python_without_venv_is_told_what_to_install(tmp_path):
    root = checkout(tmp_path)
    (root / "hidden").mkdir()
    (root / "hidden" / "ensurepip.py").write_text(
        "raise ModuleNotFoundError('as on Debian without python3-venv')"
    )
    done = install(root, PYTHONPATH=str(root / "hidden"))
    assert done.returncode == 1
    assert "no ensurepip module: install it with `apt install python3-venv`" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (root / ".venv").exists()


def test_a_fresh_installation_that_fails_leaves_nothing_half_made(tmp_path):
    root = checkout(tmp_path)
    done = install(root)
    assert done.returncode == 1
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / ".venv").exists()


def test_what_an_interrupted_installation_left_is_swept_away(tmp_path):
    root = checkout(tmp_path)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / MARKER).touch()
    (root / ".venv" / "torn").touch()
    install(root)
    assert not (root / ".venv").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_disk_too_small_for_the_installation_is_refused_at_once(tmp_path):
    root = checkout(tmp_path)
    mount = f'mount -t tmpfs -o size=100m none "{root}/small" && cp -r manage.py *.t* platform small && cd small && exec "$@"'
    (root / "small").mkdir()
    command = ["sh", "-c", mount, "sh", os.path.realpath(sys.executable), "manage.py", "install"]
    done = subprocess.run(["unshare", "--mount", *command], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert "almost full" in done.stderr
    assert "3072 MB needed" in done.stderr


def test_an_old_python_is_told_so_before_anything_else(tmp_path):
    root = checkout(tmp_path)
    pretend = "import sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['manage.py', 'up']; "
    run = "import runpy; runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend + run], cwd=root, capture_output=True, text=True)
    assert done.returncode == 1
    assert "runs on Python 3.11 or 3.12, and this is 3.9" in done.stderr


def test_the_environment_of_somebody_else_is_never_installed_into(folders, tmp_path):
    theirs = tmp_path / "theirs"
    (folders.root / ".venv").rename(theirs)
    (folders.root / ".venv").symlink_to(theirs)
    with pytest.raises(Refusal, match="remove the link"):
        ensure_installed(folders)
    assert not pip_calls(folders)
    assert not (theirs / MARKER).exists()
