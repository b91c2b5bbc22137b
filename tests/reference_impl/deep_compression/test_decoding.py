"""Any file is decoded, or refused in one sentence, and never with more memory than the network takes."""

import subprocess
import sys
import tracemalloc
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.deep_compression.__main__ import main
from reference_impl.deep_compression.container import HEADER_BYTES, Container, pack, unpack
from reference_impl.deep_compression.decoding import decode_file
from reference_impl.errors import CorruptData
from tests.reference_impl.deep_compression.layers import SHAPES, network_file

FILE = network_file()
WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
from reference_impl.deep_compression.__main__ import main
raise SystemExit(main(sys.argv[1:]))
"""


def with_new_checksum(file: bytes) -> bytes:
    return file[:7] + crc32(file[HEADER_BYTES:], crc32(file[:7])).to_bytes(4, "little") + file[HEADER_BYTES:]


def test_a_file_is_decoded_where_torch_cannot_be_imported(tmp_path: Path) -> None:
    path, arrays = tmp_path / "network.dcnn", tmp_path / "weights.npz"
    path.write_bytes(FILE)
    command = [sys.executable, "-c", WITHOUT_TORCH, "decode", str(path), "--out", str(arrays)]
    subprocess.run(command, check=True, capture_output=True)
    wanted = decode_file(FILE)
    with np.load(arrays) as found:
        assert {name: found[name].shape for name in found.files} == SHAPES
        for name, values in wanted.parameters.items():
            assert found[name].dtype == np.float32
            np.testing.assert_array_equal(found[name], values)


def test_a_decoded_file_knows_its_network_and_recipe() -> None:
    assert (decode_file(FILE).network, decode_file(FILE).recipe) == ("digits-cnn", "classic")


@pytest.mark.parametrize("damage", [b"", b"no network", FILE[:200], FILE[:-1], FILE + b"\0"])
def test_a_damaged_file_is_one_sentence_on_the_terminal(
    damage: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "network.dcnn"
    path.write_bytes(damage)
    assert main(["decode", str(path), "--out", str(tmp_path / "weights.npz")]) == 1
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert not printed.out
    assert not (tmp_path / "weights.npz").exists()


@settings(max_examples=150)
@given(st.integers(0, len(FILE) - HEADER_BYTES - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_damage_behind_a_right_checksum_gives_a_network_or_one_error(at: int, junk: bytes, cut: bool) -> None:
    start = HEADER_BYTES + at
    damaged = FILE[:start] + junk + (b"" if cut else FILE[start + len(junk) :])
    try:
        decoded = decode_file(with_new_checksum(damaged))
    except CorruptData:
        return
    assert {name: values.shape for name, values in decoded.parameters.items()} == SHAPES
    assert all(np.isfinite(values).all() for values in decoded.parameters.values())


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_no_payload_asks_for_more_memory_than_its_network(payload: bytes) -> None:
    tracemalloc.start()
    try:
        decode_file(pack(Container(1, "digits-cnn", payload)))
    except CorruptData:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5e6


def test_a_block_that_promises_a_billion_symbols_is_refused_before_they_are_made() -> None:
    payload = bytearray(unpack(FILE).payload)
    block = bytes(payload).index(b"HC")
    payload[block + 2 : block + 7] = b"\x01" + (10**9).to_bytes(4, "little")
    tracemalloc.start()
    try:
        with pytest.raises(CorruptData, match="promise"):
            decode_file(pack(Container(1, "digits-cnn", bytes(payload))))
        assert tracemalloc.get_traced_memory()[1] < 5e6
    finally:
        tracemalloc.stop()


def test_an_unknown_recipe_is_refused_by_its_number() -> None:
    with pytest.raises(CorruptData, match="recipe 250"):
        decode_file(pack(Container(250, "digits-cnn", b"")))


def test_a_number_of_no_network_is_refused() -> None:
    with pytest.raises(CorruptData, match="number 99"):
        decode_file(with_new_checksum(FILE[:6] + bytes([99]) + FILE[7:]))
