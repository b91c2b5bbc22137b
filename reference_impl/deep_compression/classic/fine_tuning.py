"""Shared values learn: arXiv:1510.00149, section 3.3. Importing this loads torch.

The codes stay. The gradient of a shared value is the sum over its weights (equation 3), which is what torch's gradient
of a look-up is; tests hold it to `weight_sharing.centroid_gradient`. Biases learn along.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from reference_impl.deep_compression.bench import Bench
from reference_impl.deep_compression.classic.dropout import Dropping, dropout_ratios
from reference_impl.deep_compression.classic.settings import Settings
from reference_impl.deep_compression.classic.sharing import Shared
from reference_impl.training.loop import Tensors


def fine_tune(bench: Bench, shared: Shared, settings: Settings) -> Shared:
    """The same codes with codebooks and biases that fit the training images better."""
    start = {f"{name}.codebook": _float32(layer.codebook) for name, layer in shared.items()}
    start |= {f"{name}.bias": _float32(layer.bias) for name, layer in shared.items()}
    places = {name: Places.of(torch.from_numpy(layer.codes)) for name, layer in shared.items()}
    read = Dropping(LookingUp(places), dropout_ratios(settings.layers), bench.generator)
    learned = bench.train("fine-tune the shared values", start, settings.fine_tuning, read=read)
    return {
        name: replace(
            layer,
            codebook=learned[f"{name}.codebook"].double().numpy(),
            bias=learned[f"{name}.bias"].double().numpy(),
        )
        for name, layer in shared.items()
    }


@dataclass(frozen=True, eq=False)
class Places:
    """Where the weights of a layer lie that are not pruned, and which value each takes."""

    positions: Tensor  #: in the flattened weights
    values: Tensor  #: from 0 on
    shape: torch.Size

    @classmethod
    def of(cls, codes: Tensor) -> "Places":
        flat = codes.flatten().long()
        positions = flat.nonzero().flatten()
        return cls(positions, flat[positions] - 1, codes.shape)

    def look_up(self, codebook: Tensor) -> Tensor:
        """The layer's weights. Only those that are left cost time, forward and backward."""
        flat = codebook.new_zeros(self.shape.numel())
        return flat.index_copy(0, self.positions, codebook.index_select(0, self.values)).view(self.shape)


@dataclass(frozen=True, eq=False)
class LookingUp:
    """The network's parameters of codebooks and biases."""

    places: Mapping[str, Places]

    def __call__(self, learned: Tensors) -> Tensors:
        found: Tensors = {}
        for name, places in self.places.items():
            found[f"{name}.weight"] = places.look_up(learned[f"{name}.codebook"])
            found[f"{name}.bias"] = learned[f"{name}.bias"]
        return found


def _float32(values: object) -> Tensor:
    return torch.as_tensor(values, dtype=torch.float32)
