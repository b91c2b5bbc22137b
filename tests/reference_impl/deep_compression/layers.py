"""Small networks for the tests, made without training."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from reference_impl.deep_compression.classic import SharedLayer, encode, encode_layer
from reference_impl.deep_compression.container import Container, pack
from reference_impl.networks import DIGITS_CNN, parameter_shapes

SHAPES = parameter_shapes(DIGITS_CNN)
WEIGHTS = {name.removesuffix(".weight"): shape for name, shape in SHAPES.items() if name.endswith(".weight")}


def shared_layer(
    random: np.random.Generator, shape: tuple[int, ...], values: int, density: float
) -> SharedLayer:
    codes = random.integers(1, values + 1, shape) * (random.random(shape) < density)
    codebook: NDArray[np.float64] = np.sort(random.normal(0, 0.3, values))
    return SharedLayer(codes.astype(np.uint8), codebook, random.normal(0, 0.1, shape[0]))


@st.composite
def shared_layers(draw: st.DrawFn) -> SharedLayer:
    shape = tuple(draw(st.lists(st.integers(1, 9), min_size=2, max_size=4)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values, density = draw(st.integers(1, 255)), draw(st.sampled_from([0.0, 0.02, 0.3, 1.0]))
    return shared_layer(random, shape, values, density)


def network_file(seed: int = 0) -> bytes:
    """A whole digits-cnn of random weights."""
    random = np.random.default_rng(seed)
    layers = [encode_layer(shared_layer(random, shape, 15, 0.2), gap_bits=5) for shape in WEIGHTS.values()]
    return pack(Container(1, "digits-cnn", encode(layers)))
