"""Models of one node, made in memory and run from numpy to numpy, as the kernels are."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.kernels.timing import Call

PACKAGES = ("onnxruntime", "onnx")
_CONTRIBUTED = "com.microsoft"


def dynamic_quantize_matmul(
    weights: NDArray[np.int8], scales: NDArray[np.float32], bias: NDArray[np.float32], x: NDArray[np.float32]
) -> partial[Any]:
    """weights (rows, columns), one scale and bias per row; x (columns,)."""
    constants = {"W": _across(weights), "s": scales, "z": np.zeros(weights.shape[0], np.int8), "b": bias}
    return _ready("DynamicQuantizeMatMul", constants, x[None], (1, len(bias)), np.float32, _CONTRIBUTED)


def matmul_integer(weights: NDArray[np.int8], left: NDArray[np.uint8]) -> Call:
    """weights (columns, inner), left (rows, inner) with zero point 128: int32 (rows, columns)."""
    shape = (left.shape[0], weights.shape[0])
    return _ready("MatMulInteger", {"W": _across(weights), "z": np.uint8(128)}, left, shape, np.int32)


def matmul_nbits(in_pairs: NDArray[Any], columns: int, x: NDArray[np.float32]) -> partial[Any]:
    """4-bit weights at equal distances, two to a byte (rows, columns / 2); multiplied in int8, in blocks of 128."""
    rows = len(in_pairs)
    constants = {
        "W": in_pairs.reshape(rows, columns // 128, 64).astype(np.uint8),
        "s": np.ones(rows * columns // 128, np.float32),
    }
    how = {"K": columns, "N": rows, "bits": 4, "block_size": 128, "accuracy_level": 4}
    return _ready("MatMulNBits", constants, x[None], (1, rows), np.float32, _CONTRIBUTED, **how)


def qlinear_matmul(weights: NDArray[np.int8], left: NDArray[np.uint8], multiplier: float) -> Call:
    """weights (columns, inner), left (rows, inner) with zero point 128: bytes (rows, columns)."""
    constants = {
        "sx": np.float32(1),
        "zx": np.uint8(128),
        "W": _across(weights),
        "sw": np.float32(1),
        "zw": np.int8(0),
        "sy": np.float32(1 / multiplier),
        "zy": np.uint8(128),
    }
    shape = (left.shape[0], weights.shape[0])
    return _ready("QLinearMatMul", constants, left, shape, np.uint8)


def qlinear_conv(weights: NDArray[np.int8], images: NDArray[np.uint8], multiplier: float) -> Call:
    """3x3 with padding 1; weights (out, in, 3, 3), images (n, in, height, width) with zero point 128."""
    constants = {
        "sx": np.float32(1),
        "zx": np.uint8(128),
        "W": weights,
        "sw": np.float32(1),
        "zw": np.int8(0),
        "sy": np.float32(1 / multiplier),
        "zy": np.uint8(128),
    }
    shape = (images.shape[0], weights.shape[0], *images.shape[2:])
    return _ready("QLinearConv", constants, images, shape, np.uint8, pads=[1, 1, 1, 1])


def _across(weights: NDArray[np.int8]) -> NDArray[np.int8]:
    return np.ascontiguousarray(weights.T)


def _ready(
    operation: str,
    constants: dict[str, Any],
    x: NDArray[Any],
    out_shape: tuple[int, ...],
    out_dtype: Any,
    domain: str = "",
    **attributes: Any,
) -> partial[Any]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = _model(operation, constants, x, out_shape, out_dtype, domain, attributes)
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return partial(_run, session, {"x": x})


def _run(session: Any, feed: dict[str, NDArray[Any]]) -> Any:
    return session.run(None, feed)[0]


def bound(call: partial[Any]) -> Call:
    """The same with input and output bound once, which saves ORT the way from and to numpy."""
    import onnxruntime

    session, feed = call.args
    binding = session.io_binding()
    for name, value in feed.items():
        binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(value))
    binding.bind_ortvalue_output("y", onnxruntime.OrtValue.ortvalue_from_numpy(call()))
    return partial(session.run_with_iobinding, binding)


def _model(
    operation: str,
    constants: dict[str, Any],
    x: NDArray[Any],
    out_shape: tuple[int, ...],
    out_dtype: Any,
    domain: str,
    attributes: dict[str, Any],
) -> bytes:
    from onnx import helper, numpy_helper

    def described(name: str, dtype: Any, shape: tuple[int, ...]) -> Any:
        kind = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
        return helper.make_tensor_value_info(name, kind, shape)

    # QLinear operations take the input's scale and zero point before the weights: the order of `constants`.
    node = helper.make_node(operation, ["x", *constants], ["y"], domain=domain, **attributes)
    graph = helper.make_graph(
        [node],
        "peer",
        [described("x", x.dtype, x.shape)],
        [described("y", out_dtype, out_shape)],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIBUTED, 1)]
    made = helper.make_model(graph, opset_imports=versions, ir_version=9)
    return bytes(made.SerializeToString())
