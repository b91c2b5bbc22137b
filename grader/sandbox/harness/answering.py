"""Answers calls into a student's file, over whatever channel it is given.

Runs in the same process as the student's code, which may replace any of these functions.
"""

import random
import sys
import types
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from . import frames, own_modules, wire

_REQUESTS = wire.Caps(max_bytes=1 << 30, max_items=10_000_000, max_text_bytes=1 << 28)  # the judge is trusted
_SOLUTION_FILE = "solution.py"
_own_files = {_SOLUTION_FILE}  #: as their tracebacks name them
_MESSAGE_CHARACTERS = 2000


class Channel(Protocol):
    """Requests come in, answers go out."""

    reply_caps: wire.Caps

    def receive(self) -> bytearray: ...

    def send(self, kind: bytes, value: Any = None) -> None: ...


def seed_generators(seed: int) -> None:
    """Every generator that code may use without a seed of its own, but for what asks the system (random.Random())."""
    random.seed(seed)
    np.random.seed(seed & 0xFFFFFFFF)
    entropy: Any = np.random.bit_generator
    entropy.randbits = random.Random(seed).getrandbits  # of default_rng() and of RandomState()
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed & 0xFFFFFFFFFFFFFFFF)


def serve(channel: Channel) -> None:
    source, support_source, modules = wire.decode(channel.receive(), _REQUESTS, untrusted=False)
    try:
        _own_files.update(own_modules.install(modules))
        support = None if support_source is None else _load("support", support_source)
        solution = _load("solution", source)
    except BaseException as error:
        channel.send(frames.ERROR, _describe(error))
        return
    channel.send(frames.LOADED)
    resolve = _resolver(channel, support)
    while True:
        kind, value = _answer(solution, channel.receive(), resolve)
        _flush()
        try:
            channel.send(kind, value)
        except wire.WireError as error:
            channel.send(frames.ERROR, ["UnsupportedValue", str(error), None, ""])
        except BaseException as error:  # the value's own methods raised
            channel.send(frames.ERROR, _describe(error))
        value = None


def _load(name: str, source: str) -> types.ModuleType:
    file = f"{name}.py"
    module = types.ModuleType(name)
    module.__file__ = file
    sys.modules[name] = module
    own_modules.run(source, file, module)
    return module


def _answer(
    solution: types.ModuleType, data: bytearray, resolve: Callable[[wire.Ref | wire.JudgeFunction], Any]
) -> tuple[bytes, Any]:
    try:
        name, args, kwargs, seed = wire.decode(data, _REQUESTS, untrusted=False, resolve=resolve)
        if seed is not None:
            seed_generators(seed)
        if name is None:
            return frames.VALUE, None
        function = getattr(solution, name, None)
        if not callable(function):
            return frames.ERROR, ["MissingFunction", name, None, ""]
        return frames.VALUE, function(*args, **kwargs)
    except BaseException as error:
        return frames.ERROR, _describe(error)


def _resolver(
    channel: Channel, support: types.ModuleType | None
) -> Callable[[wire.Ref | wire.JudgeFunction], Any]:
    def resolve(ref: wire.Ref | wire.JudgeFunction) -> Any:
        if isinstance(ref, wire.Ref):  # "support:evaluate", or "support:make_evaluate" called with args
            found = getattr(support, ref.name.partition(":")[2])
            return found if ref.args is None else found(*ref.args)

        def ask(*args: Any) -> Any:  # a function that stays in the judge
            channel.send(frames.QUESTION, [ref.number, args])
            answered, value = wire.decode(channel.receive(), _REQUESTS, untrusted=False)
            if not answered:
                raise ValueError(value)
            return value

        return ask

    return resolve


def converter(channel: Channel) -> Callable[[Any], Any]:
    def to_plain(value: Any) -> Any:
        torch: Any = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            with torch._C.DisableTorchFunctionSubclass():  # a subclass arrives as the numbers it holds
                return _tensor_to_array(torch, value, channel.reply_caps.max_bytes)
        if hasattr(type(value), "__array__"):
            return np.asarray(value)
        return NotImplemented

    return to_plain


def _tensor_to_array(torch: Any, tensor: Any, max_bytes: int) -> Any:
    if tensor.is_quantized:
        raise wire.WireError(
            "a quantized tensor cannot be sent; send int_repr(), the scale and the zero point"
        )
    if tensor.layout != torch.strided:
        raise wire.WireError("a sparse tensor cannot be sent; send to_dense(), or values and indices")
    if tensor.nbytes > max_bytes:
        raise wire.WireError(f"a tensor of {tensor.nbytes} bytes; at most {max_bytes}")
    tensor = tensor.detach().cpu().resolve_conj().resolve_neg()
    return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()


def _flush() -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # replaced or closed by the student's code
        pass


def _describe(error: BaseException) -> list[Any]:
    """[type, message, line, file of the student's]: never a path of ours, a local variable or a frame of ours."""
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:  # an exception of the student's own that cannot even say its message
        text = ""
    kind = type(error).__name__[:100]
    if (
        isinstance(error, MemoryError) or "can't allocate memory" in text or "Cannot allocate memory" in text
    ):  # numpy's subclass; torch's RuntimeError; mmap's OSError
        kind, text = "MemoryError", text or "out of memory"
    return [kind, text[:_MESSAGE_CHARACTERS].encode("utf-8", "replace").decode(), *_place(error)]


def _place(error: BaseException) -> tuple[int | None, str]:
    """Line and file, the deepest of the student's own; the main file has no name."""
    if isinstance(error, SyntaxError) and type(error.filename) is str and error.filename in _own_files:
        return error.lineno, _shown(error.filename)
    line, file = None, ""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in _own_files:
            line, file = trace.tb_lineno, _shown(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    return line, file


def _shown(file: str) -> str:
    return "" if file == _SOLUTION_FILE else file
