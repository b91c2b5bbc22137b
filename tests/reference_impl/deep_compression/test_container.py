"""A file is read back as it was written, or refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.deep_compression import Container, pack, unpack
from reference_impl.deep_compression.container import HEADER_BYTES, NETWORKS
from reference_impl.errors import CorruptData, OutOfRange

CONTAINERS = st.builds(Container, st.integers(0, 255), st.sampled_from(NETWORKS), st.binary(max_size=50))


@given(CONTAINERS)
def test_what_is_packed_is_unpacked(container: Container) -> None:
    assert unpack(pack(container)) == container
    assert len(pack(container)) == HEADER_BYTES + len(container.payload)


@given(CONTAINERS, st.data())
def test_a_changed_bit_is_noticed_wherever_it_is(container: Container, data: st.DataObject) -> None:
    file = bytearray(pack(container))
    bit = data.draw(st.integers(0, 8 * len(file) - 1))
    file[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CorruptData):
        unpack(bytes(file))


@given(CONTAINERS, st.data())
def test_a_file_that_was_cut_off_is_noticed(container: Container, data: st.DataObject) -> None:
    file = pack(container)
    with pytest.raises(CorruptData):
        unpack(file[: data.draw(st.integers(0, len(file) - 1))])


def test_a_network_that_has_no_number_is_not_packed() -> None:
    with pytest.raises(OutOfRange, match="lenet-5"):
        pack(Container(1, "alexnet", b""))


def test_a_recipe_beyond_a_byte_is_not_packed() -> None:
    with pytest.raises(OutOfRange):
        pack(Container(256, "lenet-5", b""))


def test_another_version_is_refused_by_name() -> None:
    with pytest.raises(CorruptData, match="version 1"):
        unpack(b"DCNN\x02" + pack(Container(1, "lenet-5", b""))[5:])
