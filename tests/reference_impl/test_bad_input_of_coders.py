"""Whatever is handed to pruning, weight sharing, entropy coding and sparse storage: an answer or an error of ours.

Each call takes one argument out of a list of odd ones. Warnings count as errors, as everywhere in these tests.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from reference_impl.batch_norm import BatchNorm
from reference_impl.entropy_coding import (
    bits,
    canonical,
    codec,
    huffman,
    models,
    package_merge,
    range_coder,
    rans,
    streams,
)
from reference_impl.entropy_coding.entropy import cross_entropy, divergence, effective_bits, entropy
from reference_impl.errors import CompressionError
from reference_impl.pruning import (
    channels,
    effect,
    masks,
    penalties,
    regrowth,
    retraining,
    schedule,
    sensitivity,
)
from reference_impl.sparse import csr, relative_array, relative_index, sizes
from reference_impl.weight_sharing import gradient, initialisation, nearest, optimum
from reference_impl.weight_sharing.lloyd import lloyd

Call = Callable[[Any], Any]

REFUSED_ARRAYS: dict[str, Any] = {
    "NaN": [1.0, np.nan],
    "infinity": [1.0, np.inf],
    "text": ["a", "b"],
    "objects": np.array([None, 1], dtype=object),
    "complex": [1j, 2j],
    "ragged": [[1.0], [1.0, 2.0]],
    "a word": "abc",
    "beyond float64": [10**400, 1.5],
    "a mapping": {1: 2, 3: 4},
    "a set": {1, 2},
}
ODD_ARRAYS: dict[str, Any] = {
    "None": None,
    "none at all": [],
    "zeros": np.zeros(2),
    "equal": np.full(2, 0.3),
    "no dimension": np.float64(1.0),
    "a tensor": torch.arange(2.0),
    "bfloat16": torch.ones(2, dtype=torch.bfloat16),
    "a tensor with a gradient": torch.ones(2, requires_grad=True),
    "two dimensions": np.ones((2, 3)),
    "no rows": np.ones((0, 3, 2)),
    "every second": np.arange(4.0)[::2],
    "transposed": np.arange(12.0).reshape(3, 4).T,
    "half precision": np.array([1, 2], np.float16),
    "the least int8": np.array([-128, 127], np.int8),
    "bool": np.array([True, False]),
    "uint8 whose sum wraps": np.array([200, 100], np.uint8),
    "int64 whose sum wraps": np.array([2**62, 2**62]),
    "far apart": np.array([1e308, -1e308]),
    "the largest float32": np.array([3.4e38, -3.4e38], np.float32),
    "next to zero": [5e-324, 1.0],
    "all next to zero": [5e-324, 5e-324],
}
REFUSED_NUMBERS: dict[str, Any] = {
    "NaN": math.nan,
    "infinity": math.inf,
    "minus infinity": -math.inf,
    "None": None,
    "complex": 1j,
    "a list": [1],
    "an array": np.array([1, 2]),
}
ODD_NUMBERS: dict[str, Any] = {
    "text": "1",
    "a tensor": torch.tensor(1.0),
    "below zero": -1,
    "zero": 0,
    "a share above one": 1.5,
    "two": 2,
    "True": True,
    "bits of no field": 33,
    "far too many": 2**40,
    "the end of float64": 1e308,
    "beyond float64": 10**400,
    "a small numpy integer": np.uint8(3),
    "an array without axes": np.array(2),
}
RANDOM = np.random.default_rng(0)
KEEP = [True, False]
FAIR = models.StaticModel([1, 1])


def pruned_norm(**changed: Any) -> channels.Block:
    norm = BatchNorm(**{**dict.fromkeys(("gamma", "beta", "mean", "variance"), np.ones(3)), **changed})
    return channels.prune_channels(channels.Block(np.ones((3, 2)), None, norm, np.ones((2, 3))), [0])


TAKES_AN_ARRAY: dict[str, Call] = {
    "threshold_mask": lambda a: masks.threshold_mask(a, 0.5),
    "deviation_mask": lambda a: masks.deviation_mask(a, 1),
    "magnitude_mask": lambda a: masks.magnitude_mask(a, 0.5),
    "global_masks": lambda a: masks.global_masks({"a": a}, 0.5),
    "n_m_mask": lambda a: masks.n_m_mask(a, 1, 2),
    "sparsity": masks.sparsity,
    "channel_norms": channels.channel_norms,
    "channel_norms, L2": lambda a: channels.channel_norms(a, order=2),
    "channels_to_keep": lambda a: channels.channels_to_keep(a, 0.5),
    "prune_keep": lambda a: channels.prune_channels(
        channels.Block(np.ones((3, 2)), None, None, np.ones((2, 3))), a
    ),
    "prune_bias": lambda a: channels.prune_channels(
        channels.Block(np.ones((3, 2)), a, None, np.ones((2, 3))), [0]
    ),
    "prune_gamma": lambda a: pruned_norm(gamma=a),
    "prune_beta": lambda a: pruned_norm(beta=a),
    "prune_mean": lambda a: pruned_norm(mean=a),
    "prune_variance": lambda a: pruned_norm(variance=a),
    "prune_w": lambda a: channels.prune_channels(channels.Block(a, None, None, np.ones((2, 3))), [0]),
    "prune_next": lambda a: channels.prune_channels(channels.Block(np.ones((3, 2)), None, None, a), [0]),
    "effect_of": effect.effect_of,
    "L1": lambda a: penalties.l1_penalty(a, 0.1),
    "L2": lambda a: penalties.l2_penalty(a, 0.1),
    "regrow_g": lambda a: regrowth.regrow(KEEP, a, 1),
    "regrow_m": lambda a: regrowth.regrow(a, [1.0, 2.0], 1),
    "rewire": lambda a: regrowth.rewire(a, [1.0, 2.0], KEEP, 0.5),
    "masked": lambda a: retraining.masked(a, KEEP),
    "masked_m": lambda a: retraining.masked([1.0, 2.0], a),
    "retraining_step": lambda a: retraining.retraining_step(
        a, [1.0, 2.0], KEEP, learning_rate=0.1, l1=0.1, l2=0.2
    ),
    "retraining_step, gradient": lambda a: retraining.retraining_step([1.0, 2.0], a, KEEP, learning_rate=0.1),
    "scan": lambda a: sensitivity.scan_sensitivity(lambda w: 1.0, {"a": a}, [0.5]),
    "linear_centroids": lambda a: initialisation.linear_centroids(a, 3),
    "density_centroids": lambda a: initialisation.density_centroids(a, 3),
    "forgy_centroids": lambda a: initialisation.forgy_centroids(a, 2, RANDOM),
    "k_means_plus_plus": lambda a: initialisation.k_means_plus_plus(a, 3, RANDOM),
    "lloyd": lambda a: lloyd(a, [0.0, 1.0]),
    "lloyd, codebook": lambda a: lloyd([0.0, 1.0], a),
    "assign": lambda a: nearest.assign(a, [0.0, 1.0]),
    "assign, codebook": lambda a: nearest.assign([0.0, 1.0], a),
    "decode": lambda a: nearest.decode(a, [1.0, 2.0]),
    "decode, codebook": lambda a: nearest.decode([0], a),
    "inertia": lambda a: nearest.inertia(a, [0, 1], [0.0, 1.0]),
    "centroid_gradient": lambda a: gradient.centroid_gradient(a, [0, 1], 2),
    "centroid_gradient, indices": lambda a: gradient.centroid_gradient([0.0, 1.0], a, 2),
    "centroid_step": lambda a: gradient.centroid_step(a, [0.0, 1.0], [0, 0], learning_rate=0.1),
    "best_clustering": lambda a: optimum.best_clustering(a, 2),
    "entropy": entropy,
    "cross_entropy": lambda a: cross_entropy(a, [1, 1]),
    "cross_entropy, code": lambda a: cross_entropy([1, 1], a),
    "div": lambda a: divergence([1, 1], a),
    "code_lengths": huffman.code_lengths,
    "coded": huffman.coded_bits,
    "mean": huffman.mean_code_length,
    "limited": lambda a: package_merge.limited_lengths(a, limit=4),
    "kraft": canonical.kraft_sum,
    "complete": canonical.is_complete,
    "canon": canonical.canonical_codes,
    "words": canonical.codewords,
    "rev": canonical.reversed_codes,
    "pack": lambda a: bits.pack(a, 3),
    "unpack": lambda a: bits.unpack(a, 3, 2),
    "fields": lambda a: bits.write_fields(a, [3, 3]),
    "fields_w": lambda a: bits.write_fields([1, 1], a),
    "static": models.StaticModel,
    "scaled": lambda a: models.scaled(a, precision=8),
    "range_coder.encode": lambda a: range_coder.encode(a, FAIR),
    "rans.encode": lambda a: rans.encode(a, FAIR),
    "range_coder.decode": lambda a: range_coder.decode(a, FAIR, 3),
    "rans.decode": lambda a: rans.decode(a, FAIR, 3),
    "compress": codec.compress,
    "decompress": codec.decompress,
    "size_of": codec.size_of,
    "histogram": streams.histogram,
    "streams.encode": lambda a: streams.encode(a, [1, 1]),
    "streams.encode, lengths": lambda a: streams.encode(np.array([0, 1], np.uint8), a),
    "csr": csr.to_csr,
    "matvec": lambda a: csr.matvec(csr.to_csr(np.ones((2, 2))), a),
    "to_relative": lambda a: relative_array.to_relative(a, gap_bits=3),
    "relative_index.encode": lambda a: relative_index.encode(a, [1.0, 1.0], gap_bits=3),
    "relative_index.encode, values": lambda a: relative_index.encode([1, 2], a, gap_bits=3),
    "relative_index.decode": lambda a: relative_index.decode(a, [1.0, 1.0]),
    "relative_index.decode, values": lambda a: relative_index.decode([1, 2], a),
    "filler_count": lambda a: relative_index.filler_count(a, gap_bits=3),
    "from_relative, values": lambda a: relative_array.from_relative(
        relative_array.RelativeArray(np.asarray([0, 1]), a, (4,), 3)
    ),
    "from_relative, codes": lambda a: relative_array.from_relative(
        relative_array.RelativeArray(a, np.ones(2), (4,), 3)
    ),
}
TAKES_A_NUMBER: dict[str, Call] = {
    "threshold": lambda v: masks.threshold_mask([1.0, 2.0], v),
    "quality": lambda v: masks.deviation_mask([1.0, 2.0], v),
    "sparsity": lambda v: masks.magnitude_mask([1.0, 2.0], v),
    "global sparsity": lambda v: masks.global_masks({"a": [1.0, 2.0]}, v),
    "n": lambda v: masks.n_m_mask([1.0, 2.0], v, 2),
    "m": lambda v: masks.n_m_mask([1.0, 2.0], 1, v),
    "axis": lambda v: masks.n_m_mask([1.0, 2.0], 1, 2, axis=v),
    "order": lambda v: channels.channel_norms(np.ones((2, 2)), order=v),
    "channels_to_keep": lambda v: channels.channels_to_keep([1.0, 2.0], v),
    "uses": lambda v: effect.effect_of([True], uses=v),
    "weight bits": lambda v: effect.effect_of([True], weight_bits=v),
    "gap bits of the effect": lambda v: effect.effect_of([True], gap_bits=v),
    "break-even weight bits": lambda v: effect.break_even_density(v, 5),
    "break-even index bits": lambda v: effect.break_even_density(5, v),
    "macs": lambda v: effect.channel_pruned_macs(v, kept_inputs=0.5, kept_outputs=0.5),
    "kept inputs": lambda v: effect.channel_pruned_macs(1, kept_inputs=v, kept_outputs=0.5),
    "L1": lambda v: penalties.l1_penalty([1.0, 1e100], v),
    "L2": lambda v: penalties.l2_penalty([1.0, 1e100], v),
    "rewiring step": lambda v: regrowth.rewired_share(v, initial=0.3, end=9),
    "initial share": lambda v: regrowth.rewired_share(1, initial=v, end=9),
    "end of rewiring": lambda v: regrowth.rewired_share(1, initial=0.3, end=v),
    "regrow": lambda v: regrowth.regrow(KEEP, [1.0, 1.0], v),
    "rewire": lambda v: regrowth.rewire([1.0, 2.0], [1.0, 1.0], KEEP, v),
    "learning rate": lambda v: retraining.retraining_step(
        [1.0, 2.0], [1.0, 1e10], [True, True], learning_rate=v
    ),
    "L1 of a step": lambda v: retraining.retraining_step(
        [1.0, 2.0], [1.0, 1.0], [True, True], learning_rate=1, l1=v
    ),
    "L2 of a step": lambda v: retraining.retraining_step(
        [1.0, 2e100], [1.0, 1.0], [True, True], learning_rate=1, l2=v
    ),
    "step of the schedule": lambda v: schedule.cubic_sparsity(v, initial=0, final=0.9, start=0, end=10),
    "initial sparsity": lambda v: schedule.cubic_sparsity(1, initial=v, final=0.9, start=0, end=10),
    "end of the schedule": lambda v: schedule.cubic_sparsity(1, initial=0, final=0.9, start=0, end=v),
    "start of the schedule": lambda v: schedule.cubic_sparsity(1, initial=0, final=0.9, start=v, end=10),
    "rounds": lambda v: schedule.density_after_rounds(0.2, v),
    "removed": lambda v: schedule.density_after_rounds(v, 2),
    "dropout": lambda v: schedule.retraining_dropout(v, 0.5),
    "density": lambda v: schedule.retraining_dropout(0.5, v),
    "scan": lambda v: sensitivity.scan_sensitivity(lambda w: 1.0, {"a": np.ones(3)}, [v]),
    "score": lambda v: sensitivity.scan_sensitivity(lambda w: v, {"a": np.ones(3)}, [0.5]),
    "loss": lambda v: sensitivity.scan_sensitivity(lambda w: 1.0, {"a": np.ones(3)}, [0.5]).largest_sparsity(
        "a", loss=v
    ),
    "linear_centroids": lambda v: initialisation.linear_centroids([1.0, 2.0], v),
    "density_centroids": lambda v: initialisation.density_centroids([1.0, 2.0], v),
    "forgy_centroids": lambda v: initialisation.forgy_centroids([1.0, 2.0], v, RANDOM),
    "k_means_plus_plus": lambda v: initialisation.k_means_plus_plus([1.0, 2.0], v, RANDOM),
    "steps": lambda v: lloyd([1.0, 2.0], [1.0], steps=v),
    "codewords of a gradient": lambda v: gradient.centroid_gradient([1.0, 2.0], [0, 0], v),
    "codewords of no gradient": lambda v: gradient.centroid_gradient([], [], v),
    "learning rate of centroids": lambda v: gradient.centroid_step([1.0], [1e10], [0], learning_rate=v),
    "best_clustering": lambda v: optimum.best_clustering([1.0, 2.0], v),
    "levels": effective_bits,
    "limit": lambda v: package_merge.limited_lengths([1, 2, 3], limit=v),
    "width": lambda v: bits.pack([1], v),
    "width to unpack": lambda v: bits.unpack(np.zeros(1, np.uint8), v, 1),
    "count to unpack": lambda v: bits.unpack(np.zeros(1, np.uint8), 3, v),
    "packed count": lambda v: bits.packed_bytes(v, 3),
    "precision": lambda v: models.StaticModel([1, 2], precision=v),
    "symbols of a model": models.AdaptiveModel,
    "step of a model": lambda v: models.AdaptiveModel(2, step=v),
    "most of a model": lambda v: models.AdaptiveModel(2, most=v),
    "symbols to range-decode": lambda v: range_coder.decode(bytes(4), FAIR, v),
    "symbols to rANS-decode": lambda v: rans.decode(b"\0\x80\0\0", FAIR, v),
    "symbol to range-code": lambda v: range_coder.encode([v], models.AdaptiveModel(2)),
    "symbol to rANS-code": lambda v: rans.encode([v], FAIR),
    "most_symbols": lambda v: codec.decompress(codec.compress(np.array([1, 2], np.uint8)), most_symbols=v),
    "symbols of streams": lambda v: streams.decode(
        streams.encode(np.array([0, 1], np.uint8), [1, 1]), [1, 1], v
    ),
    "quarters": streams.quarters,
    "gap bits": lambda v: relative_array.to_relative([1.0], gap_bits=v),
    "gap bits to encode": lambda v: relative_index.encode([1], [1.0], gap_bits=v),
    "gap bits to count": lambda v: relative_index.filler_count([1], gap_bits=v),
    "position": lambda v: relative_index.encode([v], [1.0], gap_bits=1),
    "value bits of gaps": lambda v: relative_array.to_relative([1.0], gap_bits=2).size_bits(v),
    "non-zeros stored": lambda v: csr.stored_numbers(v, 1),
    "entries": sizes.dense_bits,
    "value bits": lambda v: sizes.dense_bits(1, value_bits=v),
    "non-zeros of CSR": lambda v: sizes.csr_bits(v, 3, 3),
    "rows of CSR": lambda v: sizes.csr_bits(1, v, 3),
    "entries of a bitmap": lambda v: sizes.bitmap_bits(1, v),
    "non-zeros of gaps": lambda v: sizes.relative_bits(v, 1, gap_bits=3),
    "largest": sizes.least_bits,
    "entries of the bound": lambda v: sizes.position_bound_bits(1, v),
}
THREE = [1.0, 2.0, 3.0]
DO_NOT_FIT: dict[str, Callable[[], Any]] = {
    "a vector of the norm": lambda: pruned_norm(mean=np.ones(2)),
    "a mask": lambda: retraining.masked(THREE, KEEP),
    "the gradient of a step": lambda: retraining.retraining_step([1.0, 2.0], THREE, KEEP, learning_rate=0.1),
    "the mask of a step": lambda: retraining.retraining_step(THREE, THREE, KEEP, learning_rate=0.1),
    "the gradient to regrow by": lambda: regrowth.regrow(KEEP, THREE, 1),
    "the gradient to rewire by": lambda: regrowth.rewire([1.0, 2.0], THREE, KEEP, 0.5),
    "the mask to rewire": lambda: regrowth.rewire(THREE, THREE, KEEP, 0.5),
    "indices of an inertia": lambda: nearest.inertia(THREE, [0, 1], [0.0, 1.0]),
    "indices of a gradient": lambda: gradient.centroid_gradient(THREE, [0, 1], 2),
    "the code of a cross entropy": lambda: cross_entropy([1, 1], [1, 1, 1]),
    "the code of a divergence": lambda: divergence([1, 1, 1], [1, 1]),
    "widths of fields": lambda: bits.write_fields([1, 1], [1, 1, 1]),
    "a vector to multiply": lambda: csr.matvec(csr.to_csr(np.ones((2, 2))), THREE),
    "values to encode": lambda: relative_index.encode([1, 2], THREE, gap_bits=3),
    "values to decode": lambda: relative_index.decode([1, 2], THREE),
}


@pytest.mark.parametrize("name", TAKES_AN_ARRAY)
@pytest.mark.parametrize("kind", REFUSED_ARRAYS)
def test_what_is_no_array_of_real_numbers_is_refused(name: str, kind: str) -> None:
    with pytest.raises(CompressionError):
        TAKES_AN_ARRAY[name](REFUSED_ARRAYS[kind])


@pytest.mark.parametrize("name", TAKES_A_NUMBER)
@pytest.mark.parametrize("kind", REFUSED_NUMBERS)
def test_what_is_no_real_number_is_refused(name: str, kind: str) -> None:
    with pytest.raises(CompressionError):
        TAKES_A_NUMBER[name](REFUSED_NUMBERS[kind])


@pytest.mark.parametrize("name", DO_NOT_FIT)
def test_arguments_that_do_not_fit_each_other_are_refused(name: str) -> None:
    with pytest.raises(CompressionError):
        DO_NOT_FIT[name]()


@pytest.mark.parametrize("name", TAKES_AN_ARRAY)
@pytest.mark.parametrize("kind", ODD_ARRAYS)
def test_odd_arrays_get_an_answer_or_an_error_of_ours(name: str, kind: str) -> None:
    assert answered_or_refused(TAKES_AN_ARRAY[name], ODD_ARRAYS[kind])


@pytest.mark.parametrize("name", TAKES_A_NUMBER)
@pytest.mark.parametrize("kind", ODD_NUMBERS)
def test_odd_numbers_get_an_answer_or_an_error_of_ours(name: str, kind: str) -> None:
    assert answered_or_refused(TAKES_A_NUMBER[name], ODD_NUMBERS[kind])


def answered_or_refused(call: Call, argument: Any) -> bool:
    """Not NaN; infinity only where it is documented (the cross entropy of what the code does not expect)."""
    try:
        answer = call(argument)
    except CompressionError as error:
        return bool(str(error))
    return not any(
        isinstance(part, float) and math.isnan(part) for part in np.ravel(np.array(answer, dtype=object))
    )
