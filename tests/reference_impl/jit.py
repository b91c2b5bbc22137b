"""Whether numba compiles, or its functions run as plain Python, as they do to measure coverage."""

import pytest

from reference_impl.kernels.compiled import JIT as COMPILED

__all__ = ["COMPILED", "compiled_only"]

compiled_only = pytest.mark.skipif(not COMPILED, reason="takes minutes in plain Python")
