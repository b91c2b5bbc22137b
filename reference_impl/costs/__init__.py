"""What a network costs: parameters, multiply-accumulates, bits of storage, energy and time of memory traffic.

MAC: one multiplication together with the addition that takes up its product. Sizes are in bits, energies in
picojoules, as the names say.
"""

from reference_impl.costs.activations import Step, chain, peak_activation_bits, peak_activations
from reference_impl.costs.device import Bound, Device, Estimate, attainable_ops, estimate, overall_speedup
from reference_impl.costs.energy import (
    ENERGY_PJ,
    Traffic,
    access_energy_pj,
    battery_hours,
    inference_energy_pj,
    power_watts,
    words,
)
from reference_impl.costs.latency import batch_ms, offload_ms, partitioned_ms, pipelined_per_s, transfer_ms
from reference_impl.costs.layers import (
    conv_macs,
    conv_output_side,
    conv_parameters,
    dense_macs,
    dense_parameters,
    depthwise_separable_macs,
)
from reference_impl.costs.storage import (
    index_bits,
    pruned_shared_bits,
    shared_bits,
    sharing_ratio,
    total_ratio,
)

__all__ = [
    "ENERGY_PJ",
    "Bound",
    "Device",
    "Estimate",
    "Step",
    "Traffic",
    "access_energy_pj",
    "attainable_ops",
    "batch_ms",
    "battery_hours",
    "chain",
    "conv_macs",
    "conv_output_side",
    "conv_parameters",
    "dense_macs",
    "dense_parameters",
    "depthwise_separable_macs",
    "estimate",
    "index_bits",
    "inference_energy_pj",
    "offload_ms",
    "overall_speedup",
    "partitioned_ms",
    "peak_activation_bits",
    "peak_activations",
    "pipelined_per_s",
    "power_watts",
    "pruned_shared_bits",
    "shared_bits",
    "sharing_ratio",
    "total_ratio",
    "transfer_ms",
    "words",
]
