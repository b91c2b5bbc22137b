"""Data to train on and to measure with: MNIST, Fashion-MNIST and scikit-learn's digits."""

from reference_impl.datasets.dataset import (
    Dataset,
    ValidationSplit,
    network_inputs,
    validation_split,
)
from reference_impl.datasets.digits import digits
from reference_impl.datasets.idx import read_idx
from reference_impl.datasets.load import load
from reference_impl.datasets.sources import SOURCES, source_named

__all__ = [
    "SOURCES",
    "Dataset",
    "ValidationSplit",
    "digits",
    "load",
    "network_inputs",
    "read_idx",
    "source_named",
    "validation_split",
]
