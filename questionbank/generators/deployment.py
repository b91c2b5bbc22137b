"""What happens to a network between the computer it was made on and the device that runs it."""

from math import ceil, sqrt
from random import Random
from statistics import fmean, median

from questionbank.generators import Variant, generator
from reference_impl import costs
from reference_impl.quantization.affine import choose_qparams, quantize

BYTES_PER_KB = 1000
BIAS_BYTES = 4  #: of 32-bit integers, as the accumulator has them


@generator("codes_left")
def codes_left(draw: Random) -> Variant:
    """Codes of 8 bits that inputs 0 ... top use when the range was calibrated to 0 ... calibrated."""
    while True:
        calibrated, top = draw.choice([50, 100, 200, 255, 500, 1000]), draw.choice([1, 2, 4, 5, 8, 10])
        scale, zero_point = choose_qparams(0, calibrated)
        key = int(quantize([top], scale, zero_point)[0]) + 1
        if key > 1 and abs(top / scale % 1 - 0.5) > 0.1:
            break
    return Variant(
        params={
            "calibrated": calibrated,
            "top": top,
            "scale": round(scale, 4),
            "largest": key - 1,
        },
        key=key,
        slips={"every_code": 256, "without_zero": key - 1, "ranges_divided": ceil(calibrated / top)},
    )


@generator("median_latency")
def median_latency(draw: Random) -> Variant:
    """In ms: two warm-up runs, then seven, one of which was disturbed."""
    while True:
        usual = draw.randrange(18, 60)
        warm_up = [usual + draw.randrange(60, 120), usual + draw.randrange(15, 40)]
        runs = [usual + draw.randrange(0, 7) for _ in range(6)]
        runs.insert(draw.randrange(1, 6), usual + draw.randrange(30, 60))
        key = median(runs)
        slips = {
            "warm_up_counted": median(warm_up + runs),
            "mean_of_rest": fmean(runs),
            "mean_of_all": fmean(warm_up + runs),
            "fastest": min(runs),
        }
        if len({key, *slips.values()}) == 5 and all(abs(key - slip) > 0.5 for slip in slips.values()):
            break
    times = warm_up + runs
    return Variant(
        params={f"t{i}": time_ms for i, time_ms in enumerate(times)},
        key=key,
        slips=slips,
    )


@generator("unsupported_operators")
def unsupported_operators(draw: Random) -> Variant:
    """In ms: scattered operators fall back to the CPU, where the input comes from and the result goes to."""
    accelerator_ms, operators = draw.choice([6, 8, 9, 12]), draw.choice([2, 3, 4, 5])
    cpu_ms, crossing_ms = draw.choice([0.5, 1, 2, 3]), draw.choice([1.5, 2.5, 4])
    parts_ms = [accelerator_ms, *[cpu_ms] * operators]

    def whole_ms(crossings: int) -> float:
        return costs.partitioned_ms(parts_ms, crossings=crossings, crossing_ms=crossing_ms)

    crossings = 2 * (operators + 1)
    return Variant(
        params={
            "accelerator_ms": accelerator_ms,
            "operators": operators,
            "cpu_ms": cpu_ms,
            "crossing_ms": crossing_ms,
            "crossings": crossings,
            "computing_ms": whole_ms(0),
            "crossing_total_ms": crossings * crossing_ms,
        },
        key=whole_ms(crossings),
        slips={
            "no_crossings": whole_ms(0),
            "one_an_operator": whole_ms(operators),
            "ends_forgotten": whole_ms(2 * operators),
        },
    )


@generator("flash_of_a_network")
def flash_of_a_network(draw: Random) -> Variant:
    """In kB of 1000 bytes: 8-bit weights, 32-bit biases and the program."""
    inputs, channels, classes = (
        draw.choice([16, 32, 48]),
        draw.choice([64, 96, 128]),
        draw.choice([10, 12, 35]),
    )
    program_kb, activations_kb = draw.choice([40, 60, 75]), draw.choice([24, 36, 50])
    weights = costs.conv_parameters(3, inputs, channels, bias=False)
    weights += costs.dense_parameters(channels, classes, bias=False)
    biases = channels + classes

    def flash_kb(*, weight_bytes: int = 1, bias_bytes: int = BIAS_BYTES) -> float:
        return (weights * weight_bytes + biases * bias_bytes) / BYTES_PER_KB + program_kb

    return Variant(
        params={
            "inputs": inputs,
            "channels": channels,
            "classes": classes,
            "program_kb": program_kb,
            "activations_kb": activations_kb,
            "weights": weights,
            "biases": biases,
        },
        key=flash_kb(),
        slips={
            "bytes_for_biases": flash_kb(bias_bytes=1),
            "float_weights": flash_kb(weight_bytes=4),
            "program_forgotten": flash_kb() - program_kb,
            "activations_in_flash": flash_kb() + activations_kb,
        },
    )


@generator("standard_error_of_accuracy")
def standard_error_of_accuracy(draw: Random) -> Variant:
    """In percentage points: of the share of right answers among independent images."""
    images, percent = draw.choice([100, 200, 400, 500, 1000, 2000]), draw.choice([80, 85, 90, 92, 95])
    share = percent / 100
    spread = sqrt(share * (1 - share))
    key = 100 * spread / sqrt(images)
    return Variant(
        params={"images": images, "percent": percent, "share": share, "twice": round(2 * key, 1)},
        key=key,
        slips={
            "of_one_image": 100 * spread,
            "root_of_images": 100 / sqrt(images),
            "no_root": 100 * spread**2 / images,
        },
    )
