"""Calls of an example as a learner could type them."""

from typing import Any

import numpy as np

from grader.calls import Call
from grader.crossing import Kept, Strided, Tensor
from grader.pyvalue import as_python
from grader.report import ShownCall
from grader.sandbox import Ref


def shown(calls: list[Call]) -> tuple[ShownCall, ...]:
    """The calls of an example as the learner could type them."""
    named: dict[int, str] = {}
    return tuple(
        ShownCall(
            function=call.function,
            arguments=(
                *(_argument(value, named) for value in call.args),
                *(f"{name}={_argument(value, named)}" for name, value in call.kwargs.items()),
            ),
            returned=as_python(call.returned) if call.came_back else None,
        )
        for call in calls
    )


def _argument(value: Any, named: dict[int, str]) -> str:
    if isinstance(value, Kept):
        if value.number in named:
            return named[value.number]
        named[value.number] = f"x{len(named) or ''}"
        return f"{named[value.number]} := {_argument(value.value, named)}"
    if isinstance(value, Tensor):
        text = _argument(value.value, named)
        return text.replace("np.array(", "torch.tensor(", 1).replace("dtype=np.", "dtype=torch.", 1)
    if isinstance(value, Strided):
        return f"np.repeat({as_python(value.value)}, 2, axis=-1)[..., ::2]"
    if isinstance(value, Ref):
        return value.name.partition(":")[2]
    if callable(value):
        return str(getattr(value, "__name__", "function"))
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return f"np.array({value[()]}, dtype=np.{value.dtype.name})"
    return as_python(value)
