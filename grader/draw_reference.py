"""Functions of the reference library that an author's generator may ask for. They are computed here, in the trusted
process, and only numbers cross; so each one bounds what it takes.

Inside the sandbox they are the module `reference`: `from reference import choose_qparams`.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

#: Of one list: building a Huffman code of so many symbols takes about a millisecond.
MAX_VALUES = 512

Function = Callable[..., Any]


def answer(name: str, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """ValueError, shown to the author: no such function, or it does not take this."""
    function = functions().get(name) if isinstance(name, str) else None
    if function is None:
        raise ValueError("the reference library has no such function here")
    _refuse_large([*args, *kwargs.values()])
    try:
        return _plain(function(*args, **kwargs))
    except Exception as error:
        raise ValueError(f"{name} does not take this: {error}"[:300]) from None


@cache
def functions() -> dict[str, Function]:
    """By the name an author writes. Loads the reference library."""
    from reference_impl import costs
    from reference_impl.entropy_coding import code_lengths, effective_bits, entropy, mean_code_length
    from reference_impl.quantization import (
        choose_qparams,
        choose_signed_qparams,
        dequantize,
        quantize,
        rounding_error_bound,
        rounding_noise_power,
    )
    from reference_impl.sparse import bitmap_bits, csr_bits, dense_bits, relative_bits

    def pair(qparams: Any) -> list[Any]:
        return [qparams.scale, qparams.zero_point]

    return {
        "choose_qparams": lambda lo, hi, bits=8: pair(choose_qparams(lo, hi, bits=bits)),
        "choose_signed_qparams": lambda lo, hi, bits=8: pair(choose_signed_qparams(lo, hi, bits=bits)),
        "quantize": quantize,
        "dequantize": dequantize,
        "rounding_error_bound": rounding_error_bound,
        "rounding_noise_power": rounding_noise_power,
        "entropy": entropy,
        "effective_bits": effective_bits,
        "huffman_code_lengths": code_lengths,
        "huffman_mean_length": mean_code_length,
        "dense_bits": dense_bits,
        "bitmap_bits": bitmap_bits,
        "csr_bits": csr_bits,
        "relative_bits": relative_bits,
        "index_bits": costs.index_bits,
        "shared_bits": costs.shared_bits,
        "sharing_ratio": costs.sharing_ratio,
        "compression_ratio": lambda before, after: before / after,
        "conv_macs": costs.conv_macs,
        "dense_macs": costs.dense_macs,
    }


#: Names alone, for the module inside the sandbox: known without the library.
NAMES = (
    "bitmap_bits",
    "choose_qparams",
    "choose_signed_qparams",
    "compression_ratio",
    "conv_macs",
    "csr_bits",
    "dense_bits",
    "dense_macs",
    "dequantize",
    "effective_bits",
    "entropy",
    "huffman_code_lengths",
    "huffman_mean_length",
    "index_bits",
    "quantize",
    "relative_bits",
    "rounding_error_bound",
    "rounding_noise_power",
    "shared_bits",
    "sharing_ratio",
)


def _refuse_large(values: Sequence[Any]) -> None:
    """Numbers, and lists of them of a modest length: whatever they are, the answer is there at once."""
    for value in values:
        if isinstance(value, list | tuple):
            if len(value) > MAX_VALUES:
                raise ValueError(f"at most {MAX_VALUES} values")
            _refuse_large([each for each in value if not isinstance(each, int | float)])
            value = max((abs(each) for each in value if isinstance(each, int | float)), default=0)
        if value is None or isinstance(value, bool):
            continue
        if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e15:
            raise ValueError("numbers up to 1e15, and lists of them")


def _plain(value: Any) -> Any:
    """Numbers of numpy as Python's own."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
