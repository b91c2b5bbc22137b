"""`python -m reference_impl.datasets fetch ...`: what it prints, and its exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from reference_impl.datasets.__main__ import main
from reference_impl.datasets.stored import CHECKOUT


def test_a_folder_without_the_data_set_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PROVA_VAR", str(tmp_path))
    assert main(["fetch", "mnist", "--from", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{tmp_path} holds neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz.\n"


@pytest.mark.mnist
@pytest.mark.usefixtures("mnist")
def test_a_data_set_that_is_there_is_not_fetched_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "mnist"]) == 0
    assert "mnist was already in" in capsys.readouterr().out


def test_it_runs_as_a_module_and_names_what_there_is() -> None:
    command = [sys.executable, "-m", "reference_impl.datasets", "fetch", "--help"]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert "{mnist,fashion-mnist}" in run.stdout
