"""A data set of grey images and their classes, as values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.reals import float32_array, real_array, refuse_unless_positive, whole_number

Images = NDArray[np.uint8]  #: (n, height, width)
Labels = NDArray[np.int64]  #: (n,)


@dataclass(frozen=True)
class Dataset:
    """The split that was published. OutOfRange: shapes that do not fit."""

    name: str
    train_images: Images
    train_labels: Labels
    test_images: Images
    test_labels: Labels
    peak: int = 255  #: what a pixel of full ink holds

    def __post_init__(self) -> None:
        for images, labels in (
            (self.train_images, self.train_labels),
            (self.test_images, self.test_labels),
        ):
            if images.ndim != 3 or labels.shape != images.shape[:1]:
                raise OutOfRange(f"{self.name}: images {images.shape} and labels {labels.shape} do not fit")


@dataclass(frozen=True)
class ValidationSplit:
    train_images: Images
    train_labels: Labels
    validation_images: Images
    validation_labels: Labels


def validation_split(dataset: Dataset, count: int = 5_000, seed: int = 2015) -> ValidationSplit:
    """The last `count` images of a shuffled training set, and those before them; the same on every machine.

    Settings are chosen on the validation part, so that the test set is read once. WrongDtype, OutOfRange: count outside
    1 ... images - 1, seed outside 0 ... 2^32 - 1.
    """
    images, labels = dataset.train_images, dataset.train_labels
    count = whole_number(count, 1, len(images) - 1, "the count of validation images")
    order = shuffled(len(images), seed)
    train, held_out = order[:-count], order[-count:]
    return ValidationSplit(images[train], labels[train], images[held_out], labels[held_out])


def shuffled(count: int, seed: int) -> NDArray[np.int64]:
    """0 ... count - 1 in an order that only the seed decides. Errors as `validation_split`."""
    seed = whole_number(seed, 0, 2**32 - 1, "seed")
    # numpy keeps the stream of RandomState for good; that of default_rng may change with a version.
    return np.random.RandomState(seed).permutation(count).astype(np.int64)


def network_inputs(images: ArrayLike, peak: float) -> NDArray[np.float32]:
    """Images (n, height, width) as float32 (n, 1, height, width), full ink at 1.

    OutOfRange: another number of dimensions, a peak that is not positive. WrongDtype, NotFinite: of the pixels.
    """
    refuse_unless_positive(peak, "peak")
    pixels = real_array(images, "images")
    if pixels.ndim != 3:
        raise OutOfRange(f"images are (n, height, width), not {pixels.shape}")
    return float32_array(pixels / peak, "images")[:, np.newaxis]
