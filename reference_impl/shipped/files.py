"""Shipped files, read only when they are what was shipped."""

from hashlib import sha256
from io import BytesIO

import numpy as np

from reference_impl.errors import CorruptData
from reference_impl.networks import Parameters, architecture_named, checked_parameters
from reference_impl.shipped.manifest import Kind, ShippedFile, shipped_file


def dense_network(network: str) -> Parameters:
    """By name, as torch lays them out. OutOfRange: none is shipped. CorruptData: the file is not the one that was shipped."""
    data = checked_bytes(shipped_file(network, Kind.DENSE))
    with np.load(BytesIO(data)) as arrays:
        return checked_parameters(architecture_named(network), {name: arrays[name] for name in arrays.files})


def compressed_network(network: str) -> bytes:
    """The file, for `deep_compression.decoding.decode_file`. Errors as `dense_network`."""
    return checked_bytes(shipped_file(network, Kind.COMPRESSED))


def checked_bytes(file: ShippedFile) -> bytes:
    """CorruptData: the checksum is another, or there is no file."""
    data = file.path.read_bytes() if file.path.is_file() else b""
    if sha256(data).hexdigest() != file.sha256:
        raise CorruptData(
            f"{file.path} is not the file that was shipped; get it again with git, or make it: {file.command}"
        )
    return data
