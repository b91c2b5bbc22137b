"""One file that holds a whole network.

offset  bytes  content (numbers with the lowest byte first)
     0      4  b"DCNN"
     4      1  version of this header, 1
     5      1  recipe, which says how the payload is read: recipes.py
     6      1  network, a place in NETWORKS
     7      4  CRC-32 of everything else in the file
    11   rest  payload
"""

from dataclasses import dataclass
from zlib import crc32

from reference_impl.deep_compression.reader import Reader
from reference_impl.errors import CorruptData, OutOfRange

MAGIC = b"DCNN"
VERSION = 1
HEADER_BYTES = 11
#: Only ever longer: the place of a name is what files hold.
NETWORKS = ("lenet-300-100", "lenet-5", "digits-cnn")


@dataclass(frozen=True)
class Container:
    recipe: int  #: 0 ... 255
    network: str
    payload: bytes


def pack(container: Container) -> bytes:
    """OutOfRange: a network that has no number in NETWORKS, or a recipe's number that is no byte."""
    if container.network not in NETWORKS or not 0 <= container.recipe <= 255:
        raise OutOfRange(f"files hold {', '.join(NETWORKS)} by recipes 0 ... 255, not {container.network}")
    head = MAGIC + bytes([VERSION, container.recipe, NETWORKS.index(container.network)])
    check = crc32(container.payload, crc32(head))
    return head + check.to_bytes(4, "little") + container.payload


def unpack(data: bytes) -> Container:
    """CorruptData: bytes that `pack` has not written, or not all of them."""
    reader = Reader(data)
    head = reader.take(7)
    if head[:4] != MAGIC or head[4] != VERSION:
        raise CorruptData(f"this is no file of a compressed network, version {VERSION}")
    check, payload = reader.number(4), reader.rest()
    if crc32(payload, crc32(head)) != check:
        raise CorruptData("the file does not match its checksum: it is damaged; get it again")
    if head[6] >= len(NETWORKS):
        raise CorruptData(f"the file holds a network of number {head[6]}, which is not known here")
    return Container(head[5], NETWORKS[head[6]], payload)
