"""How near the streams come to the information in them."""

import numpy as np
import pytest

from reference_impl.entropy_coding.adaptive import Geometry, LayerCodes, encode_network
from reference_impl.entropy_coding.adaptive.binary_coder import code_bit, decoder, encoder, finish
from reference_impl.entropy_coding.adaptive.tables import ONE
from reference_impl.entropy_coding.entropy import entropy
from reference_impl.kernels import adaptive_layer
from tests.reference_impl.entropy_coding.adaptive.networks import drawn_layer


def test_bits_cost_their_information_within_a_ten_thousandth_and_a_byte() -> None:
    random = np.random.default_rng(1)
    chances = random.choice([1, 4, 200, 30000, 60000, ONE - 1], 20000)
    bits = (random.integers(0, ONE, chances.size) < chances).astype(int)
    coder = encoder(1 << 16)
    for bit, chance in zip(bits.tolist(), chances.tolist(), strict=True):
        code_bit(coder, bit, chance)
    data = finish(coder)
    ideal = -np.log2(np.where(bits, chances, ONE - chances) / ONE).sum()
    assert ideal - 8 < 8 * len(data) < 1.0001 * ideal + 16
    back = decoder(data)
    assert [code_bit(back, 0, chance) for chance in chances.tolist()] == bits.tolist()


@pytest.mark.parametrize("density", [0.01, 0.1, 0.5])
def test_weights_kept_at_random_cost_little_more_than_their_entropy(density: float) -> None:
    """Nothing can be learned here: what is paid above the entropy is the price of looking for it."""
    layer = drawn_layer(Geometry(100, 1, 20, 20), (-2, -1, 1, 2), density, 2)
    bare = LayerCodes(layer.geometry, layer.codes, layer.codebook, np.zeros(100, np.int64))
    shares = np.bincount(layer.codes.ravel()).tolist()
    ideal_bytes = entropy(shares) * layer.codes.size / 8
    assert ideal_bytes < len(encode_network([bare], rows=adaptive_layer)) < 1.04 * ideal_bytes + 40


def test_what_neighbours_tell_is_made_use_of() -> None:
    """Blots in the middle of an image cost far less than as many weights at random."""
    down, right = np.mgrid[:20, :20]
    centres = np.random.default_rng(3).integers(4, 16, (60, 2))
    blots = np.array([(abs(down - y) + abs(right - x) < 3).ravel() for y, x in centres])
    layer = LayerCodes(Geometry(60, 1, 20, 20), blots.astype(np.int64), (1,), np.zeros(60, np.int64))
    ideal_bytes_without = entropy([blots.sum(), (~blots).sum()]) * blots.size / 8
    assert len(encode_network([layer], rows=adaptive_layer)) < 0.5 * ideal_bytes_without


def test_a_dead_layer_takes_a_few_bytes() -> None:
    dead = LayerCodes(Geometry(300, 784), np.zeros((300, 784), np.int64), (), np.zeros(300, np.int64))
    assert len(encode_network([dead], rows=adaptive_layer)) < 12
