"""Latency of offloading, and what layers of a small network hold and compute."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs


@generator("offload_latency")
def offload_latency(draw: Random) -> Variant:
    image_kb, uplink_mbit = draw.choice([(50, 4), (60, 8), (90, 6), (120, 8), (150, 10), (75, 5), (200, 20)])
    round_trip_ms, server_ms = draw.choice([20, 30, 40, 60]), draw.choice([6, 9, 12, 15])
    upload_ms = costs.transfer_ms(image_kb * 1000, megabits_per_s=uplink_mbit)
    key = costs.offload_ms(
        image_kb * 1000, megabits_per_s=uplink_mbit, round_trip_ms=round_trip_ms, server_ms=server_ms
    )
    return Variant(
        params={
            "image_kb": image_kb,
            "uplink_mbit": uplink_mbit,
            "round_trip_ms": round_trip_ms,
            "server_ms": server_ms,
            "upload_ms": round(upload_ms, 2),
        },
        key=key,
        slips={
            "bytes_as_bits": upload_ms / 8 + round_trip_ms + server_ms,
            "forgot_the_upload": round_trip_ms + server_ms,
            "forgot_the_server": upload_ms + round_trip_ms,
        },
    )


@generator("batch_wait")
def batch_wait(draw: Random) -> Variant:
    interval_ms, frames = draw.choice([20, 25, 40, 50]), draw.choice([4, 8, 16])
    compute_ms = draw.choice([30, 45, 60, 90])
    waiting_ms = costs.batch_ms(frames, interval_ms=interval_ms, compute_ms=0)
    return Variant(
        params={
            "interval_ms": interval_ms,
            "frames": frames,
            "compute_ms": compute_ms,
            "gaps": frames - 1,
            "waiting_ms": waiting_ms,
        },
        key=costs.batch_ms(frames, interval_ms=interval_ms, compute_ms=compute_ms),
        slips={
            "one_gap_too_many": frames * interval_ms + compute_ms,
            "computing_only": compute_ms,
            "waiting_only": waiting_ms,
        },
    )


@generator("conv_parameters")
def conv_parameters(draw: Random) -> Variant:
    kernel, inputs = draw.choice([3, 5, 7]), draw.choice([3, 8, 16, 32])
    outputs, side = draw.choice([12, 24, 40, 64]), draw.choice([14, 28, 56])
    key = costs.conv_parameters(kernel, inputs, outputs)
    return Variant(
        params={"kernel": kernel, "inputs": inputs, "outputs": outputs, "side": side},
        key=key,
        slips={
            "forgot_the_bias": costs.conv_parameters(kernel, inputs, outputs, bias=False),
            "one_input_channel": costs.conv_parameters(kernel, 1, outputs),
            "times_positions": costs.conv_macs(kernel, inputs, outputs, side),
        },
    )


@generator("conv_macs")
def conv_macs(draw: Random) -> Variant:
    """In millions of MACs; stride 2, so that forgetting the stride shows."""
    kernel, side = draw.choice([3, 5]), draw.choice([32, 48, 56, 64, 96])
    inputs, outputs = draw.choice([16, 24, 32]), draw.choice([32, 48, 64])
    out_side = costs.conv_output_side(side, kernel, stride=2, padding=kernel // 2)
    macs = costs.conv_macs(kernel, inputs, outputs, out_side)
    return Variant(
        params={
            "kernel": kernel,
            "padding": kernel // 2,
            "side": side,
            "inputs": inputs,
            "outputs": outputs,
            "out_side": out_side,
        },
        key=macs / 1e6,
        slips={
            "forgot_the_stride": costs.conv_macs(kernel, inputs, outputs, side) / 1e6,
            "operations_for_macs": 2 * macs / 1e6,
            "one_input_channel": macs / inputs / 1e6,
        },
    )


@generator("separable_saving")
def separable_saving(draw: Random) -> Variant:
    kernel, inputs, outputs = (
        draw.choice([3, 5]),
        draw.choice([16, 32, 64]),
        draw.choice([32, 48, 96, 128, 256]),
    )
    whole = costs.conv_macs(kernel, inputs, outputs, 1)
    separable = costs.depthwise_separable_macs(kernel, inputs, outputs, 1)
    return Variant(
        params={"kernel": kernel, "area": kernel**2, "inputs": inputs, "outputs": outputs},
        options={
            "both": whole / separable,
            "depthwise_only": outputs,
            "pointwise_only": kernel**2,
            "kernel_side": 1 / (1 / outputs + 1 / kernel),
        },
    )
