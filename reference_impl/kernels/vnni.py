"""Products of bytes with `vpdpbusd`: four unsigned by four signed bytes, added to each of 16 sums.

A register tile of 6 positions by 64 channels fills 24 of the 32 vector registers with sums; four more hold weights and one
the bytes of a position. So a step of ten loads feeds 24 dot products, and no sum leaves its register before it is done. The
source is shifted by 128 to unsigned; the bias takes 128 times the sum of the weights off again.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.kernels import vnni_tile
from reference_impl.kernels.compiled import compiled, inlined
from reference_impl.kernels.int8_epilogue import Epilogue, write_vectors
from reference_impl.kernels.int8_tiles import PANEL, Positions
from reference_impl.kernels.vnni_tile import STEP_BYTES

POSITIONS = 6
LINES_PER_STEP = STEP_BYTES // 64


@inlined
def _tile(
    tile: Any,
    ahead_bytes: int,
    source: NDArray[Any],
    start: int,
    at: Positions,
    fours: int,
    panel: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    runs, padded_fours = panel.shape[:2]
    for run in range(runs):
        begin = start + run * at.run_stride
        weights = run * padded_fours * STEP_BYTES
        for k in range(fours):
            vnni_tile.prefetch(panel, weights + k * STEP_BYTES + ahead_bytes)
            tile = vnni_tile.dot_step(tile, source, begin + 4 * k, at.stride, panel, weights + k * STEP_BYTES)
    vnni_tile.store_tile(sums, tile)


@inlined
def _block(
    count: int,
    ahead_bytes: int,
    source: NDArray[Any],
    start: int,
    at: Positions,
    fours: int,
    panel: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    if count == 6:
        _tile(vnni_tile.zero_6(), ahead_bytes, source, start, at, fours, panel, sums)
    elif count == 5:
        _tile(vnni_tile.zero_5(), ahead_bytes, source, start, at, fours, panel, sums)
    elif count == 4:
        _tile(vnni_tile.zero_4(), ahead_bytes, source, start, at, fours, panel, sums)
    elif count == 3:
        _tile(vnni_tile.zero_3(), ahead_bytes, source, start, at, fours, panel, sums)
    elif count == 2:
        _tile(vnni_tile.zero_2(), ahead_bytes, source, start, at, fours, panel, sums)
    else:
        _tile(vnni_tile.zero_1(), ahead_bytes, source, start, at, fours, panel, sums)


@compiled
def vnni_products(
    source: NDArray[Any], at: Positions, length: int, data: NDArray[Any], epilogue: Epilogue
) -> None:
    """`source` shifted by 128, `data` from `pack_vectors`."""
    sums = np.empty((POSITIONS, PANEL), np.int32)
    # Tiles of nearly the same size: too few sums at a time would wait for each other.
    tiles = -(-at.per_line // POSITIONS)
    for panel in range(data.shape[0]):
        # Each tile asks for a quarter of the next panel, so that it is near when its turn comes.
        next_panel = data[panel].size if panel + 1 < data.shape[0] else 0
        for line in range(at.starts.size):
            for tile in range(tiles):
                ahead_bytes = next_panel + tile % LINES_PER_STEP * 64
                first = tile * at.per_line // tiles
                count = (tile + 1) * at.per_line // tiles - first
                start = at.starts[line] + first * at.stride
                _block(count, ahead_bytes, source, start, at, (length + 3) // 4, data[panel], sums)
                write_vectors(sums, count, line * at.per_line + first, panel * PANEL, epilogue)
