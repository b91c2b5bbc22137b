"""Budgets of a device: its battery, its rate of frames, its file of several layers."""

from random import Random

from questionbank.generators import Variant, generator
from reference_impl import costs

VOLTS = 3.7
PJ_PER_MJ = 1e9


@generator("battery_life")
def battery_life(draw: Random) -> Variant:
    """In hours: inferences at a fixed rate, and a power that the device draws all the time."""
    charge_mah, inference_mj = draw.choice([200, 400, 500, 1000, 2000]), draw.choice([4, 5, 8, 10, 20])
    rate_hz, idle_mw = draw.choice([2, 5, 10]), draw.choice([10, 20, 25, 40])
    inference_w = costs.power_watts(inference_mj * PJ_PER_MJ, rate_hz)
    idle_w = idle_mw / 1000

    def hours(watts: float) -> float:
        return costs.battery_hours(charge_mah, volts=VOLTS, watts=watts)

    return Variant(
        params={
            "charge_mah": charge_mah,
            "inference_mj": inference_mj,
            "rate_hz": rate_hz,
            "idle_mw": idle_mw,
            "inference_mw": round(1000 * inference_w),
            "total_mw": round(1000 * (inference_w + idle_w)),
            "energy_mwh": round(charge_mah * VOLTS, 1),
        },
        key=hours(inference_w + idle_w),
        slips={
            "idle_forgotten": hours(inference_w),
            "rate_forgotten": hours(inference_mj / 1000 + idle_w),
            "voltage_forgotten": hours(inference_w + idle_w) / VOLTS,
        },
    )


@generator("rate_of_a_pipeline")
def rate_of_a_pipeline(draw: Random) -> Variant:
    """In frames per second: three stages on units of their own, none as slow as the others together."""
    while True:
        stages_ms = [draw.choice([4, 5, 8, 10, 16, 20, 25, 40]) for _ in range(3)]
        if len(set(stages_ms)) == 3 and 2 * max(stages_ms) < sum(stages_ms) + min(stages_ms):
            break
    return Variant(
        params={f"t{i}": time_ms for i, time_ms in enumerate(stages_ms)}
        | {"slowest": max(stages_ms), "on_its_way": sum(stages_ms)},
        key=costs.pipelined_per_s(stages_ms),
        slips={
            "one_after_the_other": costs.pipelined_per_s([sum(stages_ms)]),
            "mean_stage": costs.pipelined_per_s([sum(stages_ms) / 3]),
            "fastest_stage": costs.pipelined_per_s([min(stages_ms)]),
        },
    )


@generator("ratio_of_the_whole_file")
def ratio_of_the_whole_file(draw: Random) -> Variant:
    """Ratio of a file of two layers: the larger one shrinks a lot, the smaller one little."""
    large_kb, small_kb = draw.choice([600, 800, 900, 1200]), draw.choice([100, 120, 180, 300])
    large_ratio, small_ratio = draw.choice([10, 12, 20, 30]), draw.choice([2, 3, 4])
    after = [large_kb / large_ratio, small_kb / small_ratio]
    total_kb = large_kb + small_kb
    return Variant(
        params={
            "large_kb": large_kb,
            "small_kb": small_kb,
            "large_ratio": large_ratio,
            "small_ratio": small_ratio,
            "total_kb": total_kb,
            "after0": round(after[0], 2),
            "after1": round(after[1], 2),
            "after": round(sum(after), 2),
        },
        key=costs.total_ratio([(large_kb, after[0]), (small_kb, after[1])]),
        slips={
            "mean_of_ratios": (large_ratio + small_ratio) / 2,
            "weighted_mean": (large_kb * large_ratio + small_kb * small_ratio) / total_kb,
            "unweighted_parts": 2 / (1 / large_ratio + 1 / small_ratio),
        },
    )
