"""What a network costs: parameters, multiply-accumulates, bits of storage, energy and time of memory traffic.

MAC: one multiplication together with the addition that takes up its product. Sizes are in bits, energies in
picojoules, as the names say.
"""

from math import ceil, log2

#: Energy of one 32-bit operation or access in a 45 nm process at 0.9 V, in pJ. Horowitz, "Computing's energy
#: problem", ISSCC 2014, as quoted in table 1 of Han et al. 2015 (arXiv:1506.02626).
ENERGY_PJ = {
    "int_add": 0.1,
    "float_add": 0.9,
    "register_file": 1.0,
    "int_multiply": 3.1,
    "float_multiply": 3.7,
    "sram_read": 5.0,
    "dram_read": 640.0,
}


def dense_parameters(inputs: int, outputs: int, *, bias: bool = True) -> int:
    return (inputs + bias) * outputs


def conv_parameters(
    kernel: int, in_channels: int, out_channels: int, *, bias: bool = True, groups: int = 1
) -> int:
    return (kernel * kernel * (in_channels // groups) + bias) * out_channels


def conv_output_side(side: int, kernel: int, *, stride: int = 1, padding: int = 0) -> int:
    return (side + 2 * padding - kernel) // stride + 1


def conv_macs(kernel: int, in_channels: int, out_channels: int, out_side: int, *, groups: int = 1) -> int:
    """MACs of a square convolution whose output has out_side x out_side positions; the bias is not counted."""
    return conv_parameters(kernel, in_channels, out_channels, bias=False, groups=groups) * out_side**2


def depthwise_separable_macs(kernel: int, in_channels: int, out_channels: int, out_side: int) -> int:
    """A depthwise kernel x kernel convolution followed by a pointwise 1 x 1 one."""
    depthwise = conv_macs(kernel, in_channels, in_channels, out_side, groups=in_channels)
    return depthwise + conv_macs(1, in_channels, out_channels, out_side)


def index_bits(codewords: int) -> int:
    """Bits of a fixed-length index into a codebook."""
    return ceil(log2(codewords))


def shared_bits(weights: int, codewords: int, *, weight_bits: int = 32) -> int:
    """Storage after weight sharing: one index a weight, and the codebook itself."""
    return weights * index_bits(codewords) + codewords * weight_bits


def sharing_ratio(weights: int, codewords: int, *, weight_bits: int = 32) -> float:
    """Original size over compressed size; equation 1 of arXiv:1510.00149."""
    return weights * weight_bits / shared_bits(weights, codewords, weight_bits=weight_bits)


def pruned_shared_bits(entries: int, codewords: int, *, gap_bits: int, weight_bits: int = 32) -> int:
    """Storage after pruning and sharing: each stored entry has a codebook index and a gap to the one before.

    entries: non-zero weights plus filler zeros.
    """
    return shared_bits(entries, codewords, weight_bits=weight_bits) + entries * gap_bits


def access_energy_pj(accesses: float, memory: str) -> float:
    """memory: a key of ENERGY_PJ."""
    return accesses * ENERGY_PJ[memory]


def attainable_ops(peak_ops: float, bandwidth_bytes: float, intensity: float) -> float:
    """Roofline: operations per second; intensity in operations per byte moved."""
    return min(peak_ops, bandwidth_bytes * intensity)


def overall_speedup(fraction: float, factor: float) -> float:
    """Amdahl: the whole speeds up by this when `fraction` of its time runs `factor` times faster."""
    return 1 / (1 - fraction + fraction / factor)
