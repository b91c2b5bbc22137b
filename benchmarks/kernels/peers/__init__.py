"""Peers, a file each. A package that is not installed is left out of the comparison and named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call, Candidate

PACKAGES = ("torch", "onnxruntime", "onnx", "scipy", "scikit-learn", "zstandard", "bitarray", "ckwrap")


@dataclass(frozen=True)
class Expected:
    """What a peer must return to be worth a comparison, to within a share of the greatest magnitude."""

    values: NDArray[Any]
    tolerance: float = 0.0


@dataclass(frozen=True)
class Peer:
    """`make` prepares the call; it imports the package, so it runs only where `packages` are installed."""

    name: str
    packages: tuple[str, ...]
    make: Callable[[], Call]
    expected: Expected | None = None
    share: float = 1.0  #: of the work that the kernel does


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Of those that are installed."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def ready(*peers: Peer) -> dict[str, Candidate]:
    installed = versions(PACKAGES)
    return {
        peer.name: Candidate(_checked(peer), peer.share)
        for peer in peers
        if all(package in installed for package in peer.packages)
    }


def _checked(peer: Peer) -> Call:
    call = peer.make()
    if peer.expected and not agrees(_as_array(call()), peer.expected):
        raise RuntimeError(f"{peer.name} computes something else; the comparison would mean nothing")
    return call


def agrees(found: NDArray[Any], expected: Expected) -> bool:
    wanted = expected.values.astype(np.float64)
    error = np.abs(found.reshape(wanted.shape) - wanted).max()
    return bool(error <= expected.tolerance * np.abs(wanted).max())


def _as_array(result: Any) -> NDArray[Any]:
    if getattr(result, "is_quantized", False):
        result = result.int_repr()
    if hasattr(result, "float"):  # a tensor, perhaps of bfloat16, which numpy does not know
        result = result.double().numpy()
    return np.asarray(result)
