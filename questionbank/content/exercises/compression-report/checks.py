"""What a correct account of a compressed network is: whole numbers of bits and bytes, compared exactly. Layers are entries
as relative indexing stores them, code and value; a value of 0 is a filler."""

from collections import Counter
from functools import partial
from math import ceil, floor, log2

import numpy as np

from grader import expect
from grader.checks import check, given, with_right
from grader.strategies import integers, lists, sampled_from
from reference_impl import entropy_coding
from reference_impl.costs import storage

STAGES = ("pruned", "shared", "coded")
WIDTHS = sampled_from([32, 16])
GAP_BITS = sampled_from([3, 2, 5])
ENTRIES = lists(integers(0, 1023), min_size=1, max_size=12)
SYMBOLS = lists(integers(0, 1023), min_size=2, max_size=14)


def counts_of(symbols):
    return sorted(Counter(np.asarray(symbols).tolist()).values())


def right_huffman_bits(symbols):
    counts = counts_of(symbols)
    return int(entropy_coding.coded_bits(counts)) if counts else 0


def in_bytes(*bits):
    """Each part filled up to whole bytes."""
    return sum(-(-one // 8) for one in bits)


def index_bits(k):
    return storage.index_bits(max(k, 1))


def right_report(size, codes, values, gap_bits, weight_bits):
    entries, k = len(codes), len(counts_of(values))
    gaps, codebook = entries * gap_bits, k * weight_bits
    coded = right_huffman_bits(codes), right_huffman_bits(values), 8 * (2**gap_bits + k)
    return {
        "dense": in_bytes(size * weight_bits),
        "pruned": in_bytes(gaps, entries * weight_bits),
        "shared": in_bytes(gaps, entries * index_bits(k), codebook),
        "coded": in_bytes(*coded, codebook),
    }


def right_ratios(layers):
    return {
        stage: storage.total_ratio((layer["dense"], layer[stage]) for layer in layers.values())
        for stage in STAGES
    }


def layer_of(numbers, gap_bits, behind=0):
    """Size, codes and values; every third number or so is a filler, and few values are shared by the rest."""
    drawn = np.array(numbers, np.int64)
    fillers = drawn % 3 == 2
    codes = np.where(fillers, 2**gap_bits - 1, drawn // 3 % 2**gap_bits)
    values = np.where(fillers, 0.0, (drawn // 96 % 4) ** 2 * 0.25 - 1.5)
    return int((codes + 1).sum()) + behind, codes, values.astype(np.float32)


# ---------------------------------------------------------------- huffman_bits


def merged_in_a_queue(counts):
    """Sorted once; sums go to the end of the row, where they are out of order."""
    row, bits = list(counts), 0
    while len(row) > 1:
        first, second, *row = row
        row.append(first + second)
        bits += first + second
    return bits


def wrong_bits(symbols):
    counts, n = counts_of(symbols), len(symbols)
    right = right_huffman_bits(symbols)
    information = n * entropy_coding.entropy(counts)
    return {
        "all_of_one_length": n * index_bits(len(counts)),
        "entropy_instead_of_codewords": information,
        "entropy_rounded_up": ceil(information - 1e-9),
        "information_rounded_up": sum(c * max(1, ceil(log2(n / c) - 1e-9)) for c in counts),
        "sorted_only_once": merged_in_a_queue(counts),
        "end_symbol_added": int(entropy_coding.coded_bits([*counts, 1])),
        "bits_of_one_symbol": right / n,
        "last_merge_forgotten": right - n,
        "leaves_counted_too": right + n,
    }


@check(points=3)
@given(numbers=SYMBOLS)
def the_code_is_as_short_as_can_be(solution, numbers):
    symbols = np.array([int(log2(number + 1)) for number in numbers], np.int64)
    symbols[0], symbols[1] = 11, 12  # never one symbol alone
    got = solution.huffman_bits(symbols)
    expect.close(got, right_huffman_bits(symbols), rtol=1e-12, slips=lambda: wrong_bits(symbols))


@check(points=1, examples=10)
@given(symbol=integers(0, 9), times=integers(0, 9))
def one_symbol_alone_takes_a_bit_each(solution, symbol, times):
    got = solution.huffman_bits(np.full(times, symbol))
    expect.equal(got, times, slips={"only_symbol_of_no_bits": 0, "end_symbol_added": times + 1})


# ---------------------------------------------------------------- layer_report


def stage_of(got, stage):
    expect.that(isinstance(got, dict), "report_not_a_dict", got=got if got is not None else "None")
    expect.that(stage in got, "stage_missing", got=got, stage=stage)
    return got[stage]


def wrong_dense(size, codes, values, gap_bits, weight_bits):
    return {
        "bits_instead_of_bytes": size * weight_bits,
        "only_stored_weights_before": in_bytes(len(codes) * weight_bits),
        "always_32_bits": 4 * size,
        "bytes_not_whole": size * weight_bits / 8,
    }


def wrong_pruned(size, codes, values, gap_bits, weight_bits):
    entries, weights = len(codes), int(np.count_nonzero(values))
    bits = entries * (gap_bits + weight_bits)
    return {
        "bits_instead_of_bytes": bits,
        "gaps_forgotten": in_bytes(entries * weight_bits),
        "fillers_forgotten": in_bytes(weights * gap_bits, weights * weight_bits),
        "fillers_without_values": in_bytes(entries * gap_bits, weights * weight_bits),
        "always_32_bits": in_bytes(entries * gap_bits, entries * 32),
        "padding_forgotten": bits // 8,
        "bytes_not_whole": bits / 8,
        "filled_up_once": in_bytes(bits),
        "whole_bytes_for_each": entries * in_bytes(gap_bits, weight_bits),
    }


def wrong_shared(size, codes, values, gap_bits, weight_bits):
    entries, k = len(codes), len(counts_of(values))
    gaps, codebook, bits = entries * gap_bits, k * weight_bits, index_bits(k)
    without_zero = k - int((values == 0).any())
    every = gaps + entries * bits + codebook
    return {
        "bits_instead_of_bytes": every,
        "gaps_forgotten": in_bytes(entries * bits, codebook),
        "codebook_forgotten": in_bytes(gaps, entries * bits),
        "filler_value_not_in_codebook": in_bytes(
            gaps, entries * index_bits(without_zero), without_zero * weight_bits
        ),
        "codebook_of_all_indices": in_bytes(gaps, entries * bits, 2**bits * weight_bits),
        "codebook_of_all_entries": in_bytes(gaps, entries * bits, entries * weight_bits),
        "index_of_one_bit_at_least": in_bytes(gaps, entries * max(bits, 1), codebook),
        "codewords_for_bits": in_bytes(gaps, entries * k, codebook),
        "index_bits_rounded_down": in_bytes(gaps, entries * floor(log2(max(k, 1))), codebook),
        "always_32_bits": in_bytes(gaps, entries * bits, k * 32),
        "padding_forgotten": every // 8,
        "bytes_not_whole": every / 8,
        "filled_up_once": in_bytes(every),
    }


def wrong_coded(size, codes, values, gap_bits, weight_bits):
    entries, k = len(codes), len(counts_of(values))
    gaps, indices, codebook = right_huffman_bits(codes), right_huffman_bits(values), k * weight_bits
    tables, zero = 8 * (2**gap_bits + k), int((values == 0).any())
    every = gaps + indices + codebook + tables
    return {
        "bits_instead_of_bytes": every,
        "tables_forgotten": in_bytes(gaps, indices, codebook),
        "table_of_gaps_forgotten": in_bytes(gaps, indices, codebook, 8 * k),
        "tables_of_what_occurs": in_bytes(gaps, indices, codebook, 8 * (len(counts_of(codes)) + k)),
        "codebook_forgotten": in_bytes(gaps, indices, tables),
        "filler_value_not_in_codebook": in_bytes(
            gaps, indices, codebook - zero * weight_bits, tables - 8 * zero
        ),
        "codebook_of_all_indices": in_bytes(gaps, indices, 2 ** index_bits(k) * weight_bits, tables),
        "codebook_of_all_entries": in_bytes(gaps, indices, entries * weight_bits, tables),
        "gaps_not_coded": in_bytes(entries * gap_bits, indices, codebook, tables),
        "indices_not_coded": in_bytes(gaps, entries * index_bits(k), codebook, tables),
        "always_32_bits": in_bytes(gaps, indices, k * 32, tables),
        "padding_forgotten": every // 8,
        "bytes_not_whole": every / 8,
        "filled_up_once": in_bytes(every),
    }


WRONG = {"dense": wrong_dense, "pruned": wrong_pruned, "shared": wrong_shared, "coded": wrong_coded}


def stages_are_right(solution, about, *stages):
    got, right = solution.layer_report(*about), right_report(*about)
    for stage in stages:
        expect.equal(stage_of(got, stage), right[stage], slips=partial(WRONG[stage], *about))


@check(points=2)
@given(numbers=ENTRIES, gap_bits=GAP_BITS, behind=integers(0, 6), weight_bits=WIDTHS)
def entries_are_counted_with_their_gaps(solution, numbers, gap_bits, behind, weight_bits):
    about = (*layer_of(numbers, gap_bits, behind), gap_bits, weight_bits)
    stages_are_right(solution, about, "dense", "pruned")


@check(points=2, depends_on="entries_are_counted_with_their_gaps")
@given(numbers=ENTRIES, gap_bits=GAP_BITS, weight_bits=WIDTHS)
def indices_and_codebook_are_counted(solution, numbers, gap_bits, weight_bits):
    stages_are_right(solution, (*layer_of(numbers, gap_bits), gap_bits, weight_bits), "shared")


@check(points=2, depends_on="indices_and_codebook_are_counted")
@given(numbers=ENTRIES, gap_bits=GAP_BITS, weight_bits=WIDTHS)
def code_tables_are_counted(solution, numbers, gap_bits, weight_bits):
    stages_are_right(solution, (*layer_of(numbers, gap_bits), gap_bits, weight_bits), "coded")


@check(points=1, examples=20, depends_on="code_tables_are_counted")
@given(entries=integers(0, 12), gap_bits=GAP_BITS, weight_bits=WIDTHS)
def layers_of_one_value_or_none_work(solution, entries, gap_bits, weight_bits):
    row = np.zeros(entries, np.int64), np.full(entries, 0.5, np.float32)
    stages_are_right(solution, (entries + 3, *row, gap_bits, weight_bits), *WRONG)


# ---------------------------------------------------------------- network_report


def network_of(numbers):
    """Bytes by stage for each layer: smaller from stage to stage, by different shares."""
    layers = {}
    for i, number in enumerate(numbers):
        dense = 400 * (1 + number % 16) ** 2
        pruned = dense * (1 + number // 16 % 8) // 16
        shared = pruned // (2 + number // 128 % 4)
        layers[f"layer{i}"] = {
            "dense": dense,
            "pruned": pruned,
            "shared": shared,
            "coded": shared - shared // 4,
        }
    return layers


@check(points=2)
@given(numbers=lists(integers(0, 511), min_size=1, max_size=4))
def the_ratio_is_that_of_the_sums(solution, numbers):
    layers = network_of(numbers)
    got = solution.network_report(layers)
    for stage, right in right_ratios(layers).items():
        ratios = [layer["dense"] / layer[stage] for layer in layers.values()]
        before = "dense" if stage == "pruned" else STAGES[STAGES.index(stage) - 1]
        expect.close(
            stage_of(got, stage),
            right,
            rtol=1e-9,
            slips={
                "mean_of_the_ratios": float(np.mean(ratios)),
                "ratio_turned_around": 1 / right,
                "product_of_the_ratios": float(np.prod(ratios)),
                "share_saved": 1 - 1 / right,
                "ratio_to_the_stage_before": storage.total_ratio(
                    (layer[before], layer[stage]) for layer in layers.values()
                ),
                "last_layer_only": ratios[-1],
                "sum_of_bytes": sum(layer[stage] for layer in layers.values()),
            },
        )


# ---------------------------------------------------------------- unseen


@check(
    points=1,
    visible=False,
    examples=5,
    depends_on=("code_tables_are_counted", "the_ratio_is_that_of_the_sums"),
)
@given(seed=integers(0, 2**20), gap_bits=sampled_from([4, 8]), weight_bits=WIDTHS)
@with_right(huffman_bits=right_huffman_bits, layer_report=right_report, network_report=right_ratios)
def a_whole_network_is_reported(solution, seed, gap_bits, weight_bits):
    draw = np.random.RandomState(seed)
    layers = {}
    for name, entries in (("conv", 60), ("fc1", 3000), ("fc2", 400)):
        numbers = (draw.rand(entries) ** 2 * 1024).astype(int)
        about = (*layer_of(numbers.tolist(), gap_bits, 20), gap_bits, weight_bits)
        expect.equal(solution.huffman_bits(about[1]), right_huffman_bits(about[1]))
        layers[name] = solution.layer_report(*about)
        for stage, right in right_report(*about).items():
            expect.equal(stage_of(layers[name], stage), right)
    got = solution.network_report(layers)
    for stage, right in right_ratios(layers).items():
        expect.close(stage_of(got, stage), right, rtol=1e-9)
