"""scikit-learn's 1,797 handwritten digits of 8 x 8 pixels, 0 ... 16 (Alpaydin & Kaynak 1998): a network learns them in seconds."""

import numpy as np

from reference_impl.datasets.dataset import Dataset, shuffled
from reference_impl.errors import NotAvailable

TEST_IMAGES = 500


def digits() -> Dataset:
    """1,297 to train on and 500 to test on, always the same. NotAvailable: scikit-learn is not installed."""
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise NotAvailable(
            'The digits come with scikit-learn. Run `.venv/bin/python -m pip install -c constraints.txt -e ".[train]"`.'
        ) from error
    found = load_digits()
    images, labels = found.images.astype(np.uint8), found.target.astype(np.int64)
    order = shuffled(len(images), seed=0)
    train, test = order[:-TEST_IMAGES], order[-TEST_IMAGES:]
    return Dataset("digits", images[train], labels[train], images[test], labels[test], peak=16)
