"""From the data folder to values, or to a sentence that says what to do."""

from pathlib import Path

import numpy as np
import pytest

from reference_impl.datasets import Dataset, load
from reference_impl.datasets.load import load_from
from reference_impl.datasets.sources import MNIST
from reference_impl.datasets.stored import CHECKOUT, folder_of
from reference_impl.errors import CorruptData, NotAvailable, OutOfRange
from tests.reference_impl.datasets.tiny import FILES, TINY, pixels


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_it_works(folder: Path) -> None:
    found = load_from(TINY, folder)
    np.testing.assert_array_equal(found.train_images, pixels(5), strict=True)
    np.testing.assert_array_equal(found.train_labels, np.array([3, 1, 4, 1, 5]), strict=True)
    np.testing.assert_array_equal(found.test_images, pixels(2), strict=True)
    np.testing.assert_array_equal(found.test_labels, np.array([9, 2]), strict=True)


@pytest.mark.parametrize("name", FILES)
def test_an_absent_file_names_the_command(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(
        NotAvailable, match=rf"{name} is not there. Run `python -m reference_impl.datasets fetch tiny`\.$"
    ):
        load_from(TINY, folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("data", [b"", b"x", FILES["train-images"][:-1] + b"?"])
def test_a_damaged_file_names_the_command(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    with pytest.raises(
        CorruptData, match=rf"{name} is damaged. Run `python -m reference_impl.datasets fetch tiny`"
    ):
        load_from(TINY, folder)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(OutOfRange, match="'cifar-10', only mnist and fashion-mnist"):
        load("cifar-10")


def test_data_lie_in_the_checkout_unless_another_folder_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PROVA_VAR", raising=False)
    assert folder_of(MNIST) == CHECKOUT / "var" / "datasets" / "mnist"
    assert (CHECKOUT / "manage.py").is_file()
    monkeypatch.setenv("PROVA_VAR", str(tmp_path))
    assert folder_of(MNIST) == tmp_path / "datasets" / "mnist"
    with pytest.raises(NotAvailable):
        load("mnist")


def test_labels_without_images_are_refused() -> None:
    with pytest.raises(OutOfRange, match="do not fit"):
        Dataset("odd", pixels(5), np.zeros(4, dtype=np.int64), pixels(1), np.zeros(1, dtype=np.int64))


@pytest.mark.mnist
def test_mnist_is_what_was_published(mnist: Dataset) -> None:
    assert mnist.train_images.shape == (60_000, 28, 28)
    assert mnist.test_images.shape == (10_000, 28, 28)
    assert np.bincount(mnist.train_labels).tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949
    ]  # fmt: skip
    assert np.bincount(mnist.test_labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009
    ]  # fmt: skip
    assert round(float(mnist.train_images.mean()) / mnist.peak, 4) == 0.1307
