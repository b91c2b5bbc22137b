"""How often a network is wrong."""

import numpy as np
from numpy.typing import ArrayLike

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.reals import integer_array, real_array


def wrong_count(logits: ArrayLike, labels: ArrayLike) -> int:
    """Rows of logits (n, classes) whose greatest value is not at the label; of equal ones the first counts, as in torch.

    OutOfRange: shapes that do not fit, a label that is no class. WrongDtype, NotFinite: of the numbers.
    """
    given, classes = real_array(logits, "logits"), integer_array(labels, "labels")
    if given.ndim != 2 or classes.shape != given.shape[:1]:
        raise OutOfRange(f"logits are (n, classes) and labels (n,), not {given.shape} and {classes.shape}")
    if len(classes) == 0:
        return 0
    if classes.min() < 0 or classes.max() >= given.shape[1]:
        raise OutOfRange(f"labels are 0 ... {given.shape[1] - 1}, not {classes.min()} ... {classes.max()}")
    return int(np.count_nonzero(given.argmax(axis=1) != classes))


def error_percent(logits: ArrayLike, labels: ArrayLike) -> float:
    """Top-1 error, as papers give it: of 100 images, how many are wrong. EmptyInput: no images; others as `wrong_count`."""
    wrong, count = wrong_count(logits, labels), len(integer_array(labels, "labels"))
    if count == 0:
        raise EmptyInput("an error over no images is not defined")
    return 100 * wrong / count
