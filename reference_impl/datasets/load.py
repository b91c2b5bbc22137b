"""From files to values."""

from pathlib import Path

import numpy as np

from reference_impl.datasets.dataset import Dataset
from reference_impl.datasets.idx import read_idx
from reference_impl.datasets.sources import Source, source_named
from reference_impl.datasets.stored import folder_of, stored_bytes


def load(name: str) -> Dataset:
    """mnist or fashion-mnist, 60,000 + 10,000 images of 28 x 28. Errors as `load_from`; OutOfRange: another name."""
    source = source_named(name)
    return load_from(source, folder_of(source))


def load_from(source: Source, folder: Path) -> Dataset:
    """NotAvailable: it was not fetched; CorruptData: a file is damaged. Both say which command helps."""
    train_images, train_labels, test_images, test_labels = (
        read_idx(stored_bytes(source, file, folder)) for file in source.files
    )
    return Dataset(
        source.name,
        train_images,
        train_labels.astype(np.int64),
        test_images,
        test_labels.astype(np.int64),
    )
