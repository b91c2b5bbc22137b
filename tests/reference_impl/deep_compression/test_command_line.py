"""The command as its user takes it: a small network of the digits from nothing to a decoded file."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from reference_impl.datasets import digits
from reference_impl.deep_compression.__main__ import main
from reference_impl.deep_compression.decoding import decode_file
from reference_impl.deep_compression.measure import error_on_test_images


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one run has put everything it can."""
    where = tmp_path_factory.mktemp("digits")
    files = [
        "--out",
        str(where / "digits.dcnn"),
        "--json",
        str(where / "digits.json"),
        "--dense",
        str(where / "dense.npz"),
    ]
    assert main(["digits-cnn", "--seed", "1", *files, "--plots", str(where / "plots")]) == 0
    return where


def test_the_file_is_many_times_smaller_and_as_good(folder: Path) -> None:
    report = json.loads((folder / "digits.json").read_text())
    assert report["file_bytes"] == (folder / "digits.dcnn").stat().st_size
    assert report["float32_bytes"] / report["file_bytes"] > 15
    assert report["dense_test_error_percent"] < 4
    assert report["test_error_percent"] < report["dense_test_error_percent"] + 1.5


def test_the_file_decodes_to_the_error_that_was_told(folder: Path) -> None:
    decoded = decode_file((folder / "digits.dcnn").read_bytes())
    report = json.loads((folder / "digits.json").read_text())
    error = error_on_test_images("digits-cnn", decoded.parameters, digits())
    assert error == pytest.approx(report["test_error_percent"])


def test_the_dense_network_is_kept_as_it_was_measured(folder: Path) -> None:
    report = json.loads((folder / "digits.json").read_text())
    with np.load(folder / "dense.npz") as dense:
        error = error_on_test_images("digits-cnn", dict(dense), digits())
    assert error == pytest.approx(report["dense_test_error_percent"])


def test_the_stages_shrink_down_to_the_file(folder: Path) -> None:
    stages = json.loads((folder / "digits.json").read_text())["stages"]
    sizes = [stage["size_bytes"] for stage in stages]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == (folder / "digits.dcnn").stat().st_size


def test_the_settings_densities_are_reached(folder: Path) -> None:
    weights = decode_file((folder / "digits.dcnn").read_bytes()).parameters["ip1.weight"]
    assert np.count_nonzero(weights) == round(0.15 * weights.size)


def test_pictures_are_drawn_for_every_stage(folder: Path) -> None:
    names = sorted(path.stem.removeprefix("digits-cnn-classic-") for path in (folder / "plots").iterdir())
    assert names == ["code_lengths", "codebooks", "stages", "weights"]
    assert all(path.stat().st_size > 5000 for path in (folder / "plots").iterdir())


def test_without_matplotlib_one_sentence_says_so_before_anything_is_trained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["digits-cnn", "--plots", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "plots" in printed.err
    assert printed.err.count("\n") == 1
    assert not printed.out


def test_a_file_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["decode", str(tmp_path / "none.dcnn"), "--out", str(tmp_path / "weights.npz")]) == 1
    assert "none.dcnn" in capsys.readouterr().err
