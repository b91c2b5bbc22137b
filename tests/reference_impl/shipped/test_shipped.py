"""What is shipped is what the manifest says, and as good."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reference_impl.datasets import Dataset, digits
from reference_impl.deep_compression.decoding import decode_file
from reference_impl.deep_compression.measure import error_on_test_images
from reference_impl.errors import CorruptData, OutOfRange
from reference_impl.networks import Parameters, parameter_counts
from reference_impl.networks.catalogue import architecture_named
from reference_impl.shipped import Kind, ShippedFile, compressed_network, dense_network, manifest
from reference_impl.shipped.files import checked_bytes
from reference_impl.shipped.manifest import FOLDER

FILES = manifest()
NAMES = [file.name for file in FILES]


def wrong(file: ShippedFile, parameters: Parameters, dataset: Dataset) -> int:
    return round(error_on_test_images(file.network, parameters, dataset) * len(dataset.test_images) / 100)


def network_in(file: ShippedFile, folder: Path) -> Parameters:
    """Of a compressed file by the command alone, in a process that cannot load torch."""
    if file.kind is Kind.DENSE:
        return dense_network(file.network)
    without_torch = "import sys; sys.modules['torch'] = None; from reference_impl.deep_compression.__main__ import main; main()"
    arrays = folder / "weights.npz"
    command = [sys.executable, "-c", without_torch, "decode", str(file.path), "--out", str(arrays)]
    subprocess.run(command, check=True, capture_output=True)
    with np.load(arrays) as found:
        return {name: found[name] for name in found.files}


def test_every_file_of_the_folder_is_in_the_manifest_and_the_other_way_round() -> None:
    there = {path.name for path in FOLDER.iterdir() if path.suffix in (".npz", ".dcnn")}
    assert there == set(NAMES)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_file_is_the_one_of_its_checksum_and_of_its_network(file: ShippedFile) -> None:
    if file.kind is Kind.DENSE:
        sizes = {name: values.size for name, values in dense_network(file.network).items()}
        assert sum(sizes.values()) == sum(parameter_counts(architecture_named(file.network)).values())
    else:
        assert decode_file(compressed_network(file.network)).network == file.network


def each_with_its_mark() -> list[object]:
    """MNIST has to be fetched, the digits come with a package."""
    return [
        pytest.param(file, marks=() if file.network == "digits-cnn" else pytest.mark.mnist, id=file.name)
        for file in FILES
    ]


@pytest.mark.parametrize("file", each_with_its_mark())
def test_a_network_is_as_good_as_was_said(
    file: ShippedFile, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dataset = digits() if file.network == "digits-cnn" else request.getfixturevalue("mnist")
    # float32 sums in another order, on another processor, may tip one image
    assert abs(wrong(file, network_in(file, tmp_path), dataset) - file.wrong) <= 1


def test_another_file_is_refused_with_the_command_that_makes_it() -> None:
    with pytest.raises(CorruptData, match=FILES[0].network):
        checked_bytes(replace(FILES[0], sha256="0" * 64))
    with pytest.raises(CorruptData):
        checked_bytes(replace(FILES[0], name="none.npz"))


@pytest.mark.parametrize("ask", [dense_network, compressed_network])
def test_a_network_that_is_not_shipped_is_refused_with_those_that_are(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(OutOfRange, match="digits-cnn"):
        ask("vgg-16")
