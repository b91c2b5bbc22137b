"""Networks to code, drawn by hypothesis or by a seed."""

import numpy as np
from hypothesis import strategies as st

from reference_impl.entropy_coding.adaptive import Geometry, LayerCodes

CODEBOOKS: tuple[tuple[int, ...], ...] = ((-7, -3, 2, 5, 90), (4,), (-1,), (-3, -2), tuple(range(1, 41)), ())


def drawn_layer(geometry: Geometry, codebook: tuple[int, ...], density: float, seed: int) -> LayerCodes:
    random = np.random.default_rng(seed)
    shape = (geometry.outputs, geometry.columns)
    kept = (random.random(shape) < density) & bool(codebook)
    codes = np.where(kept, random.integers(1, max(len(codebook), 1) + 1, shape), 0)
    biases = random.integers(-100, 101, geometry.outputs) * (random.random(geometry.outputs) < 0.7)
    return LayerCodes(geometry, codes, codebook, biases, *random.integers(0, 256, 2).tolist())


@st.composite
def networks(draw: st.DrawFn) -> list[LayerCodes]:
    """One to three small layers, which feed one another or not."""
    layers: list[LayerCodes] = []
    for _ in range(draw(st.integers(1, 3))):
        fed = bool(layers) and draw(st.booleans())
        channels = layers[-1].geometry.outputs if fed else draw(st.integers(1, 5))
        sizes = [draw(st.integers(1, most)) for most in (5, 4, 4)]
        geometry = Geometry(sizes[0], channels, *sizes[1:])
        density = draw(st.sampled_from([0.0, 0.05, 0.3, 0.9, 1.0]))
        layers.append(
            drawn_layer(geometry, draw(st.sampled_from(CODEBOOKS)), density, draw(st.integers(0, 2**20)))
        )
    return layers


def geometries(layers: list[LayerCodes]) -> list[Geometry]:
    return [layer.geometry for layer in layers]


def same(left: list[LayerCodes], right: list[LayerCodes]) -> bool:
    return len(left) == len(right) and all(
        one.geometry == other.geometry
        and np.array_equal(one.codes, other.codes)
        and np.array_equal(one.biases, other.biases)
        and one.codebook == other.codebook
        and (one.codebook_scale, one.bias_scale) == (other.codebook_scale, other.bias_scale)
        for one, other in zip(left, right, strict=True)
    )
