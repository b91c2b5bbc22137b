"""Splits are the same on every machine, and every image is in one part of them."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.datasets import Dataset, digits, network_inputs, validation_split
from reference_impl.errors import NotAvailable, OutOfRange, WrongDtype


def numbered(count: int) -> Dataset:
    """Every image is its own number, and so is its label."""
    numbers = np.arange(count)
    return Dataset(
        "numbered",
        numbers.astype(np.uint8).reshape(-1, 1, 1),
        numbers,
        np.zeros((0, 1, 1), np.uint8),
        numbers[:0],
    )


@given(st.integers(2, 200), st.data(), st.integers(0, 2**32 - 1))
def test_every_image_goes_to_one_part_and_keeps_its_label(count: int, data: st.DataObject, seed: int) -> None:
    held_out = data.draw(st.integers(1, count - 1))
    split = validation_split(numbered(count), held_out, seed)
    assert len(split.validation_labels) == held_out
    assert sorted([*split.train_labels, *split.validation_labels]) == list(range(count))
    np.testing.assert_array_equal(split.train_images.ravel(), split.train_labels)
    np.testing.assert_array_equal(split.validation_images.ravel(), split.validation_labels)


def test_the_split_is_the_one_it_always_was() -> None:
    split = validation_split(numbered(12), 4)
    assert split.validation_labels.tolist() == [6, 9, 11, 2]


@pytest.mark.parametrize("count", [0, 12, -1])
def test_neither_part_may_be_empty(count: int) -> None:
    with pytest.raises(OutOfRange):
        validation_split(numbered(12), count)


@pytest.mark.mnist
def test_mnist_gives_55000_to_train_on_and_5000_to_choose_by(mnist: Dataset) -> None:
    split = validation_split(mnist)
    assert (len(split.train_images), len(split.validation_images)) == (55_000, 5_000)
    assert split.validation_labels[:8].tolist() == [4, 8, 7, 7, 3, 4, 7, 1]


def test_the_digits_are_split_as_always() -> None:
    found = digits()
    assert found.train_images.shape == (1297, 8, 8)
    assert found.test_images.shape == (500, 8, 8)
    assert found.test_labels[:8].tolist() == [0, 9, 6, 9, 8, 4, 5, 8]
    assert np.bincount(found.test_labels).tolist() == [46, 52, 52, 50, 60, 37, 51, 58, 43, 51]
    assert found.train_images.max() == found.peak


def test_full_ink_becomes_one() -> None:
    found = network_inputs(np.array([[[0, 255], [51, 102]]], dtype=np.uint8), peak=255)
    np.testing.assert_array_equal(found, np.array([[[[0, 1], [0.2, 0.4]]]], dtype=np.float32), strict=True)


@pytest.mark.parametrize(("images", "peak"), [(np.zeros((2, 2)), 255), (np.zeros((1, 2, 2)), 0)])
def test_what_is_no_stack_of_images_has_no_inputs(images: np.ndarray, peak: int) -> None:
    with pytest.raises(OutOfRange):
        network_inputs(images, peak)


def test_text_has_no_inputs() -> None:
    with pytest.raises(WrongDtype):
        network_inputs([[["ink"]]], 255)


def test_without_scikit_learn_the_digits_say_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(NotAvailable, match=r"Run `\.venv/bin/python -m pip install .*\[train\]"):
        digits()
