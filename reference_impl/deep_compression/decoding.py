"""From a file to the network in it, with numpy alone."""

from dataclasses import dataclass

from reference_impl.deep_compression.container import unpack
from reference_impl.deep_compression.recipes import recipe_numbered
from reference_impl.deep_compression.stages import Parameters
from reference_impl.errors import CompressionError, CorruptData
from reference_impl.networks import architecture_named, checked_parameters, parameter_shapes


@dataclass(frozen=True, eq=False)
class Decoded:
    network: str
    recipe: str
    parameters: Parameters  #: float32, in torch's layout, in the order of the layers


def decode_file(data: bytes) -> Decoded:
    """CorruptData: anything that is wrong with the bytes."""
    container = unpack(data)
    recipe, architecture = recipe_numbered(container.recipe), architecture_named(container.network)
    try:
        arrays = recipe.decode()(container.payload, parameter_shapes(architecture))
        return Decoded(container.network, recipe.name, checked_parameters(architecture, arrays))
    except CompressionError as error:
        raise CorruptData(f"the file holds no network of {container.network}: {error}") from error
