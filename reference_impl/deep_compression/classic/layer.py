"""One layer between the stages of the classic recipe, and as it lies in the file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.entropy_coding import size_of
from reference_impl.reals import Reals


@dataclass(frozen=True, eq=False)
class SharedLayer:
    """Weights that share values: code 0 is a pruned weight, code i stands for the i-th value, from 1 on."""

    codes: NDArray[np.uint8]  #: shape of the weights
    codebook: Reals  #: (values,), at most 255
    bias: Reals  #: (outputs,)


@dataclass(frozen=True, eq=False)
class EncodedLayer:
    """Nothing but what the file holds."""

    codebook: NDArray[np.float16]
    bias_codes: NDArray[np.int8]
    bias_scale: np.float32
    gap_bits: int  #: of a gap before Huffman coding
    gaps: bytes  #: what the gap fields hold, by `entropy_coding.compress`
    codes: bytes  #: as many: the values' codes, 0 at fillers

    @property
    def code_bits(self) -> int:
        """Of a code of fixed length: 0 ... number of values."""
        return len(self.codebook).bit_length()

    @property
    def side_bytes(self) -> int:
        """Codebook, biases with their scale, and the two numbers in front."""
        return self.codebook.nbytes + self.bias_codes.nbytes + self.bias_scale.nbytes + 2

    @property
    def stream_bytes(self) -> tuple[int, int]:
        """Of the Huffman codewords alone: gaps, codes."""
        return size_of(self.gaps).payload, size_of(self.codes).payload
