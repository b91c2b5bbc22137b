"""How few bits a stream of symbols needs, and codes that come near.

Several coders have an `encode` and a `decode` of their own; import those from `streams`, `range_coder` or `rans`.
"""

from reference_impl.entropy_coding.canonical import canonical_codes, codewords, is_complete, kraft_sum
from reference_impl.entropy_coding.codec import CodedSize, compress, decompress, size_of
from reference_impl.entropy_coding.entropy import cross_entropy, divergence, effective_bits, entropy
from reference_impl.entropy_coding.huffman import code_lengths, coded_bits, mean_code_length
from reference_impl.entropy_coding.models import AdaptiveModel, StaticModel
from reference_impl.entropy_coding.package_merge import limited_lengths

__all__ = [
    "AdaptiveModel",
    "CodedSize",
    "StaticModel",
    "canonical_codes",
    "code_lengths",
    "coded_bits",
    "codewords",
    "compress",
    "cross_entropy",
    "decompress",
    "divergence",
    "effective_bits",
    "entropy",
    "is_complete",
    "kraft_sum",
    "limited_lengths",
    "mean_code_length",
    "size_of",
]
