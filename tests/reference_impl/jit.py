"""Whether numba compiles, or its functions run as plain Python, as they do to measure coverage."""

import pytest
from numba import config

COMPILED = not getattr(config, "DISABLE_JIT", False)
compiled_only = pytest.mark.skipif(not COMPILED, reason="takes minutes in plain Python")
