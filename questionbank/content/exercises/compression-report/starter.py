import numpy as np


def huffman_bits(symbols: np.ndarray) -> int:
    """Return the bits that the symbols take in a Huffman code made for them."""
    raise NotImplementedError


def layer_report(
    size: int, codes: np.ndarray, values: np.ndarray, gap_bits: int, weight_bits: int
) -> dict[str, int]:
    """Return the bytes of a layer by stage: "dense", "pruned", "shared", "coded"."""
    raise NotImplementedError


def network_report(layers: dict[str, dict[str, int]]) -> dict[str, float]:
    """Return the compression ratio of the whole network after each stage: "pruned", "shared", "coded"."""
    raise NotImplementedError
