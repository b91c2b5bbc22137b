"""What goes from one stage to the next, and what is told about it at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Parameters = dict[str, Floats]  #: by name, as torch lays them out: "ip1.weight" (300, 784), "ip1.bias" (300,)
Masks = dict[str, Mask]  #: "ip1.weight" and so on; True where a weight stays


@dataclass(frozen=True, eq=False)
class Pruned:
    parameters: Parameters  #: exactly zero where the mask is False
    masks: Masks


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of a recipe, as tables and plots show it."""

    name: str
    parameters: Parameters  #: what the network computes with after it
    size_bits: float  #: of all weights and biases, by what the stage counts


@dataclass(frozen=True)
class LayerFigures:
    """A row of the paper's tables 2 and 3. All sizes in bits; codebooks, code tables and biases are charged."""

    name: str
    weights: int
    parameters: int  #: weights and biases
    kept: int  #: weights that are not pruned
    entries: int  #: kept weights and fillers
    code_bits: float  #: of a stored weight
    code_bits_huffman: float  #: mean over the entries
    gap_bits: float
    gap_bits_huffman: float
    shared_size_bits: int  #: pruned and shared, with fields of fixed length (P+Q)
    coded_size_bits: int  #: Huffman coded (P+Q+H)


@dataclass(frozen=True)
class StreamFigures:
    """A layer in the one stream of an adaptive coder, where nothing has a field of its own: by what the stream grows."""

    name: str
    weights: int
    parameters: int  #: weights and biases
    kept: int  #: weights that are not pruned
    shared_values: int
    position_bytes: int  #: of the same layer if its shared values were all alike and its biases zero
    size_bytes: int


@dataclass(frozen=True, eq=False)
class Compressed:
    """What a recipe ends with."""

    payload: bytes
    stages: tuple[Stage, ...]
    layers: tuple[LayerFigures, ...] = ()  #: none for a recipe whose codes are not of this kind
    stream: tuple[StreamFigures, ...] = ()  #: none for a recipe with fields
    codebooks: Mapping[str, Floats] = field(default_factory=dict)  #: shared values by layer, for the plots
    #: bits of the Huffman codewords of codes and of gaps by layer, for the plots
    code_lengths: Mapping[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    #: networks of full size that the compressed one is to be compared with
    rivals: Mapping[str, Parameters] = field(default_factory=dict)
