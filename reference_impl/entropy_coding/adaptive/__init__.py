"""A pruned network in as few bytes as this library can: adaptive contexts, mixed, and arithmetic coding.

Whole numbers only, so that a stream decodes alike on every machine.
"""

from reference_impl.entropy_coding.adaptive.layer_codes import Geometry, LayerCodes
from reference_impl.entropy_coding.adaptive.network import decode_network, encode_network
from reference_impl.entropy_coding.adaptive.unit_order import sort_units

__all__ = ["Geometry", "LayerCodes", "decode_network", "encode_network", "sort_units"]
