"""The recipe of the paper: prune, share values, Huffman code (Han, Mao, Dally 2016, arXiv:1510.00149).

What trains is in modules of its own, which load torch: `pruning`, `fine_tuning`, `recipe`.
"""

from reference_impl.deep_compression.classic.encoding import decode_layer, encode_layer
from reference_impl.deep_compression.classic.layer import EncodedLayer, SharedLayer
from reference_impl.deep_compression.classic.payload import decode, encode
from reference_impl.deep_compression.classic.settings import LayerSettings, Settings

__all__ = [
    "EncodedLayer",
    "LayerSettings",
    "Settings",
    "SharedLayer",
    "decode",
    "decode_layer",
    "encode",
    "encode_layer",
]
