"""Data that the library's tests share."""

import pytest

from reference_impl.datasets import Dataset, load
from reference_impl.errors import NotAvailable


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    """For tests marked `mnist`: without the data they are skipped, and where nothing may be skipped they fail."""
    try:
        return load("mnist")
    except NotAvailable as error:
        pytest.skip(str(error))
