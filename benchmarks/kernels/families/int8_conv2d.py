"""3x3, 64 to 64 channels, 56x56, requantized. The gate names its peers: with tiles oneDNN, without them FBGEMM."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.kernels import goals, limits
from benchmarks.kernels.case import Case, Planned
from benchmarks.kernels.families.data import signed_bytes
from benchmarks.kernels.families.int8_gemm import MULTIPLIER
from benchmarks.kernels.peers import Expected, Peer, onnxruntime, ready, torch
from reference_impl.kernels import int8_conv2d as kernel
from reference_impl.kernels.requantization import Requantization
from reference_impl.kernels.tiers import Tier

SIDE, CHANNELS = 56, 64
COUNTING = {Tier.VNNI: ("torch fbgemm",), Tier.AMX: ("torch onednn", "torch bfloat16")}


def planned() -> Iterator[Planned]:
    yield Planned("int8 conv 3x3, requantized", f"{SIDE}x{SIDE}x{CHANNELS}->{CHANNELS}", _case)


def _case() -> Case:
    images, weights = signed_bytes(1, SIDE, SIDE, CHANNELS), signed_bytes(CHANNELS, 3, 3, CHANNELS)
    packed = kernel.pack_conv_weights(weights)
    how = Requantization(np.full(CHANNELS, MULTIPLIER, np.float32), torch.ZERO_POINT, np.uint8)
    unsigned = np.ascontiguousarray((images.view(np.uint8) ^ np.uint8(128)).transpose(0, 3, 1, 2))
    channels_first = np.ascontiguousarray(weights.transpose(0, 3, 1, 2))
    tie = 1 / 255  # may be rounded to either side
    found = kernel.int8_conv2d(images, packed, padding=1, requantization=how)
    expected = Expected(found.transpose(0, 3, 1, 2), tie)
    candidates = ready(
        *(
            Peer(
                f"torch {engine}",
                torch.PACKAGES,
                partial(torch.quantized_conv, engine, channels_first, unsigned),
                expected,
            )
            for engine in ("fbgemm", "onednn")
        ),
        Peer("torch bfloat16", torch.PACKAGES, partial(torch.bfloat16_conv, channels_first, unsigned)),
        Peer(
            "ORT QLinearConv",
            onnxruntime.PACKAGES,
            partial(onnxruntime.qlinear_conv, channels_first, unsigned, MULTIPLIER),
            expected,
        ),
    )
    counting = COUNTING.get(packed.tier, tuple(candidates))
    return Case(
        tier=packed.tier,
        ours=partial(kernel.int8_conv2d, images, packed, padding=1, requantization=how),
        peers={name: peer for name, peer in candidates.items() if name in counting},
        goals=goals.CONV,
        shown={name: peer for name, peer in candidates.items() if name not in counting},
        limits=limits.dot_products(packed.tier, SIDE * SIDE * weights.size),
    )
