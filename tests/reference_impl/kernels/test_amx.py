import os
import subprocess
import sys

import numpy as np
import pytest

from reference_impl.kernels import amx
from reference_impl.kernels.tiers import Tier, cpu_allows

# Machine code for another CPU than this one: it is written and read, never run.
COMPILE_FOR_TILES = """
import numpy as np
from numba import typeof
from reference_impl.kernels import amx
from reference_impl.kernels.int8_epilogue import epilogue_of
from reference_impl.kernels.int8_tiles import Positions

arguments = (
    np.zeros(1, np.uint8), Positions(np.zeros(1, np.int64), 1, 1, 1), amx.CONFIGURATION,
    np.zeros((1, 1, 16, 64, 4), np.int8), epilogue_of(1, np.zeros(1, np.int32), None),
)
signature = tuple(map(typeof, arguments))
amx._products.compile(signature)
print(amx._products.inspect_asm(signature))
"""
X86 = pytest.mark.skipif(not cpu_allows(Tier.VNNI), reason="LLVM writes this code on x86-64 only")


@X86
def test_the_tile_kernel_compiles_to_tile_instructions_on_any_x86(tmp_path):
    features = "+avx512f,+avx512bw,+avx512vl,+avx512dq,+avx512vnni,+amx-tile,+amx-int8"
    environment = {
        **os.environ,
        "NUMBA_CPU_NAME": "sapphirerapids",
        "NUMBA_CPU_FEATURES": features,
        "NUMBA_CACHE_DIR": str(tmp_path),
        "REFERENCE_IMPL_TIER": "portable",
    }
    run = subprocess.run(
        [sys.executable, "-c", COMPILE_FOR_TILES], env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    for instruction in ("ldtilecfg", "tilezero", "tileloadd", "tdpbssd", "tilestored", "tilerelease"):
        assert instruction in run.stdout


def test_the_configuration_gives_eight_tiles_of_16_rows_of_64_bytes():
    assert amx.CONFIGURATION[0] == 1
    assert (amx.CONFIGURATION[16:32].view(np.uint16) == 64).all()
    assert (amx.CONFIGURATION[48:56] == 16).all()


@pytest.mark.skipif(not cpu_allows(Tier.AMX), reason="this CPU has no tile registers")
def test_tiles_give_the_sums_of_numpy():
    assert amx.tiles_are_right()
