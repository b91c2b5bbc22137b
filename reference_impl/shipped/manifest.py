"""What is shipped, and how good it must be."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reference_impl.errors import OutOfRange

FOLDER = Path(__file__).parent


class Kind(Enum):
    DENSE = "dense"  #: float32 arrays, an .npz of numpy
    COMPRESSED = "compressed"  #: one file of `deep_compression`


@dataclass(frozen=True)
class ShippedFile:
    name: str
    kind: Kind
    network: str  #: "lenet-5" and so on
    sha256: str
    wrong: int  #: test images that the network takes for another class
    command: str  #: that made it, after `python -m`

    @property
    def path(self) -> Path:
        return FOLDER / self.name


def manifest() -> tuple[ShippedFile, ...]:
    """All files, in the order of the manifest."""
    rows = tomllib.loads((FOLDER / "manifest.toml").read_text())["file"]
    return tuple(ShippedFile(**{**row, "kind": Kind(row["kind"])}) for row in rows)


def shipped_file(network: str, kind: Kind) -> ShippedFile:
    """OutOfRange: there is none."""
    for file in manifest():
        if (file.network, file.kind) == (network, kind):
            return file
    known = ", ".join(file.network for file in manifest() if file.kind is kind)
    raise OutOfRange(f"no {kind.value} network {network!r} is shipped, only {known}")
