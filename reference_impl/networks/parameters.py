"""What a network has learned: float32 arrays by the names of `parameter_shapes`, in torch's layout."""

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from reference_impl.errors import OutOfRange
from reference_impl.networks.architecture import Architecture, parameter_shapes
from reference_impl.reals import float32_array, real_array, whole_number

Parameters = dict[str, NDArray[np.float32]]


def checked_parameters(architecture: Architecture, given: Mapping[str, ArrayLike]) -> Parameters:
    """As float32, in the order of the layers.

    OutOfRange: a name or a shape that is not the architecture's, a magnitude beyond float32. WrongDtype, NotFinite: of the values.
    """
    refuse_other_names(architecture, given)
    found = {}
    for name, shape in parameter_shapes(architecture).items():
        found[name] = float32_array(real_array(given[name], name), name)
        if found[name].shape != shape:
            raise OutOfRange(f"{name} of {architecture.name} has shape {shape}, not {found[name].shape}")
    return found


def refuse_other_names(architecture: Architecture, given: Mapping[str, object]) -> None:
    """OutOfRange unless the names are the architecture's."""
    if odd := sorted(set(given) ^ set(parameter_shapes(architecture))):
        raise OutOfRange(
            f"{', '.join(odd)}: missing in, or unknown to, the parameters of {architecture.name}"
        )


def initial_parameters(architecture: Architecture, seed: int) -> Parameters:
    """To begin training with: biases 0, weights uniform within sqrt(3 / fan-in), so that their variance is 1 / fan-in.

    This is Caffe's filler "xavier", after Glorot & Bengio 2010; theirs takes fan-out into account as well. The seed alone
    decides. WrongDtype, OutOfRange: a seed outside 0 ... 2^32 - 1.
    """
    # numpy keeps the stream of RandomState for good; that of default_rng may change with a version.
    random = np.random.RandomState(whole_number(seed, 0, 2**32 - 1, "seed"))
    found = {}
    for name, shape in parameter_shapes(architecture).items():
        reach = (3 / prod(shape[1:])) ** 0.5 if name.endswith(".weight") else 0.0
        found[name] = random.uniform(-reach, reach, shape).astype(np.float32)
    return found
