"""The whole recipe. Importing this loads torch."""

import numpy as np

from reference_impl.deep_compression.bench import Bench
from reference_impl.deep_compression.classic.encoding import decode_layer, encode_layer
from reference_impl.deep_compression.classic.figures import figures, huffman_lengths
from reference_impl.deep_compression.classic.fine_tuning import fine_tune
from reference_impl.deep_compression.classic.layer import EncodedLayer
from reference_impl.deep_compression.classic.payload import encode
from reference_impl.deep_compression.classic.pruning import prune
from reference_impl.deep_compression.classic.settings import SETTINGS, Settings
from reference_impl.deep_compression.classic.sharing import share, shared_parameters
from reference_impl.deep_compression.container import HEADER_BYTES
from reference_impl.deep_compression.stages import Compressed, LayerFigures, Parameters, Pruned, Stage
from reference_impl.sparse.sizes import dense_bits


def compress(bench: Bench, dense: Parameters, network: str) -> Compressed:
    """With the settings of that network: dense, pruned, shared, coded."""
    return compress_with(bench, dense, SETTINGS[network])


def compress_with(bench: Bench, dense: Parameters, settings: Settings) -> Compressed:
    pruned = prune(bench, dense, settings)
    shared = fine_tune(bench, share(pruned, settings), settings)
    coded = {
        name: encode_layer(layer, gap_bits=settings.layers[name].gap_bits) for name, layer in shared.items()
    }
    rows = tuple(figures(name, layer, weights=dense[f"{name}.weight"].size) for name, layer in coded.items())
    return Compressed(
        payload=encode(coded.values()),
        stages=(
            Stage("P", pruned.parameters, pruned_bits(pruned)),
            Stage("P+Q", shared_parameters(shared), shared_bits(rows)),
            Stage("P+Q+H", _decoded(coded, dense), coded_bits(rows)),
        ),
        layers=rows,
        codebooks={name: layer.codebook.astype(np.float32) for name, layer in coded.items()},
        code_lengths={name: huffman_lengths(layer) for name, layer in coded.items()},
    )


def pruned_bits(pruned: Pruned) -> int:
    """32 bits for each weight and bias that is left and none for its place, as the paper counts this stage."""
    return dense_bits(sum(int(np.count_nonzero(values)) for values in _left(pruned)))


def shared_bits(rows: tuple[LayerFigures, ...]) -> int:
    """Fields of fixed length, codebooks, biases and the file's header."""
    return 8 * HEADER_BYTES + sum(row.shared_size_bits for row in rows)


def coded_bits(rows: tuple[LayerFigures, ...]) -> int:
    """The whole file."""
    return 8 * HEADER_BYTES + sum(row.coded_size_bits for row in rows)


def _left(pruned: Pruned) -> list[np.ndarray]:
    return [pruned.masks.get(name, np.ones(values.shape, bool)) for name, values in pruned.parameters.items()]


def _decoded(coded: dict[str, EncodedLayer], dense: Parameters) -> Parameters:
    found: Parameters = {}
    for name, layer in coded.items():
        weights, biases = decode_layer(layer, dense[f"{name}.weight"].shape)
        found |= {f"{name}.weight": weights, f"{name}.bias": biases}
    return found
