"""The rows of a pruned layer by the adaptive coder: `entropy_coding/adaptive/rows`, compiled as it stands."""

from typing import Any

from numba.extending import register_jitable

from reference_impl.entropy_coding.adaptive import rows
from reference_impl.entropy_coding.adaptive.jit import JITABLE
from reference_impl.kernels.compiled import compiled

for function in JITABLE:
    register_jitable(function)

code_rows: Any = compiled(rows.code_rows)
