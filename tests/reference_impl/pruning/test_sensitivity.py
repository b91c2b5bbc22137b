from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference_impl.errors import OutOfRange, WrongDtype
from reference_impl.pruning.sensitivity import SensitivityScan, scan_sensitivity


def two_layers() -> dict[str, NDArray[np.floating]]:
    return {"a": np.array([1.0, -2.0, 3.0, 4.0]), "b": np.array([[0.5, -0.0]], dtype=np.float32)}


def test_one_layer_at_a_time_is_pruned_and_restored() -> None:
    weights, seen = two_layers(), []

    def evaluate(now: Mapping[str, NDArray[np.floating]]) -> float:
        seen.append({name: layer.tolist() for name, layer in now.items()})
        return float(sum(np.abs(layer).sum() for layer in now.values()))

    scan = scan_sensitivity(evaluate, weights, [0.5, 0.75])
    a, b = [1.0, -2.0, 3.0, 4.0], [[0.5, -0.0]]
    assert seen == [
        {"a": a, "b": b},
        {"a": [0, 0, 3, 4], "b": b},
        {"a": [0, 0, 0, 4], "b": b},
        {"a": a, "b": b},
        {"a": a, "b": [[0.0, 0.0]]},
    ]
    assert scan == SensitivityScan(10.5, (0.5, 0.75), {"a": (7.5, 4.5), "b": (10.5, 10.0)})
    for name, layer in two_layers().items():
        assert weights[name].tobytes() == layer.tobytes()


def test_weights_are_restored_when_the_evaluation_fails() -> None:
    weights, calls = two_layers(), []

    def evaluate(now: Mapping[str, NDArray[np.floating]]) -> float:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("out of data")
        return 1.0

    with pytest.raises(RuntimeError, match="out of data"):
        scan_sensitivity(evaluate, weights, [0.5])
    assert weights["a"].tolist() == [1.0, -2.0, 3.0, 4.0]


def test_the_largest_sparsity_is_that_before_the_first_fall() -> None:
    scan = SensitivityScan(0.9, (0.2, 0.8, 0.5), {"a": (0.9, 0.9, 0.7), "b": (0.5, 0.5, 0.5)})
    assert scan.largest_sparsity("a", loss=0.01) == 0.2
    assert scan.largest_sparsity("a", loss=0.25) == 0.8
    assert scan.largest_sparsity("b", loss=0.01) == 0.0


def test_a_layer_that_was_not_scanned_has_no_sparsity() -> None:
    with pytest.raises(OutOfRange, match="no layer conv was scanned, only dense"):
        SensitivityScan(0.9, (0.5,), {"dense": (0.8,)}).largest_sparsity("conv", loss=0.1)


def test_arrays_that_cannot_be_pruned_in_place_are_refused() -> None:
    fixed = np.ones(2)
    fixed.flags.writeable = False
    whole: Any = np.ones(2, dtype=np.int8)
    for layer in (fixed, whole):
        with pytest.raises(WrongDtype, match="writeable"):
            scan_sensitivity(lambda now: 0.0, {"a": layer}, [0.5])
