"""What a correct sensitivity scan does. `evaluate` stays here: every network that it is shown is noted, its calls are
counted, and its score tells every pruned network from every other one."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import integers, lists, multiples, sampled_from
from reference_impl import pruning

SPARSITIES = lists(sampled_from([0.4, 0.2, 0.6, 0.8, 0.28, 1.0, 0.0]), min_size=1, max_size=3, unique=True)
TIMES = {"stem": 1, "stem.bias": 8, "body": 64, "head": 512}  #: how often a layer's magnitudes count
SEEDS = integers(0, 500)  #: of weights, which would take hundreds of calls to get smaller one by one


def network(seed):
    """Three layers of four, three and two weights, and a bias; no two of the same magnitude."""
    draw = np.random.RandomState(seed)
    w = (draw.permutation(11) + 1) * draw.choice([-0.5, 0.5], 11)
    w = w.astype(np.float32)
    return {
        "stem": w[:4].reshape(2, 2),
        "stem.bias": w[4:6],
        "body": w[6:9].reshape(1, 3),
        "head": w[9:].reshape(2, 1),
    }


def score(weights):
    return float(sum(TIMES[name] * np.abs(w, dtype=np.float64).sum() for name, w in weights.items()))


def layers_of(weights):
    return [name for name, w in weights.items() if w.ndim > 1]


def pruned(weights, sparsity, *names):
    """The network with these layers pruned."""
    return {
        name: w * pruning.magnitude_mask(w, sparsity) if name in names else w for name, w in weights.items()
    }


def scanned(weights, sparsities, scored=score):
    """Score by layer and sparsity."""
    return {
        name: [scored(pruned(weights, sparsity, name)) for sparsity in sparsities]
        for name in layers_of(weights)
    }


class Evaluated:
    """Answers for a network; takes only whole ones, and counts."""

    def __init__(self, weights, scored=score):
        self.weights, self.scored, self.calls = weights, scored, 0

    def evaluate(self, *given):
        expect.that(len(given) == 1 and isinstance(given[0], dict), "evaluate_not_given_a_dict")
        missing = [name for name in self.weights if name not in given[0]]
        expect.that(not missing, "evaluate_given_a_part", layer=missing[0] if missing else "")
        self.calls += 1
        return self.scored({name: expect.array(given[0][name], w.shape) for name, w in self.weights.items()})


def scan_of(got):
    baseline, scores = expect.pair(got)
    expect.that(isinstance(scores, dict), "scores_not_a_dict", got=scores)
    return baseline, scores


def of_every_layer(scores, weights):
    """The scores, as far as every layer has some, and no bias."""
    missing = [name for name in layers_of(weights) if name not in scores]
    expect.that(not missing, "layer_not_scanned", got=scores, layer=missing[0] if missing else "")
    biases = [name for name, w in weights.items() if w.ndim == 1 and name in scores]
    expect.that(not biases, "bias_scanned", got=scores, layer=biases[0] if biases else "")
    return scores


# ---------------------------------------------------------------- sensitivity_scan


def wrongly_scanned(weights, sparsities):
    """Scores by layer, by known mistakes."""
    layers = layers_of(weights)
    left, cumulative = weights, {}
    for name in layers:
        cumulative[name] = [score(pruned(left, sparsity, name)) for sparsity in sparsities]
        left = pruned(left, sparsities[-1], name)
    never = {}
    for name in layers:
        left, never[name] = weights if name == layers[0] else left, []
        for sparsity in sparsities:
            left = pruned(left, sparsity, name)
            never[name].append(score(left))
    all_at_once = [score(pruned(weights, sparsity, *layers)) for sparsity in sparsities]
    right = scanned(weights, sparsities)
    return {
        "layers_stay_pruned": cumulative,
        "nothing_is_restored": never,
        "sparsities_on_top_of_each_other": {
            name: [
                score(pruned(weights, max(sparsities[: place + 1]), name)) for place in range(len(sparsities))
            ]
            for name in layers
        },
        "all_layers_at_once": dict.fromkeys(layers, all_at_once),
        "loss_instead_of_score": {
            name: [score(weights) - one for one in scores] for name, scores in right.items()
        },
        "other_layers_pruned": {
            name: [score(pruned(weights, sparsity, *(set(layers) - {name}))) for sparsity in sparsities]
            for name in layers
        },
    }


@check(points=3, examples=25)
@given(seed=SEEDS, sparsities=SPARSITIES)
def each_score_is_of_one_pruned_layer(solution, seed, sparsities):
    weights = network(seed)
    got = solution.sensitivity_scan(Evaluated(weights).evaluate, weights, sparsities)
    scores = of_every_layer(scan_of(got)[1], weights)
    wrong = wrongly_scanned(weights, sparsities)
    layers = layers_of(weights)
    expect.close(  # all at once: a mistake may show in one layer only
        [expect.array(scores[name], (len(sparsities),)).tolist() for name in layers],
        list(scanned(weights, sparsities).values()),
        slips={key: [by_layer[name] for name in layers] for key, by_layer in wrong.items()},
    )


@check(points=1, examples=20)
@given(seed=SEEDS, sparsities=SPARSITIES)
def the_baseline_is_the_score_of_the_whole_network(solution, seed, sparsities):
    weights = network(seed)
    got = solution.sensitivity_scan(Evaluated(weights).evaluate, weights, sparsities)
    baseline, _ = expect.pair(got)
    layers, last = layers_of(weights), sparsities[-1]
    expect.close(
        baseline,
        score(weights),
        slips={
            "baseline_after_the_scan": score(pruned(weights, max(sparsities), *layers)),
            "baseline_of_a_pruned_network": score(pruned(weights, sparsities[0], layers[0])),
            "baseline_is_the_last_score": score(pruned(weights, last, layers[-1])),
        },
    )


@check(points=2, examples=20)
@given(seed=SEEDS, sparsities=SPARSITIES)
def the_network_is_evaluated_only_as_often_as_needed(solution, seed, sparsities):
    weights = network(seed)
    evaluated = Evaluated(weights)
    solution.sensitivity_scan(evaluated.evaluate, weights, sparsities)
    layers, each, made = len(layers_of(weights)), len(sparsities), evaluated.calls
    expect.that(made > 0, "evaluate_never_called")
    needed = 1 + layers * each
    if made > needed:
        expect.equal(
            made,
            needed,
            slips={
                "baseline_for_every_layer": layers + layers * each,
                "baseline_for_every_score": 2 * layers * each,
                "baseline_once_more_at_the_end": needed + 1,
                "every_network_twice": 2 * needed,
            },
        )


@check(points=2, examples=15)
@given(seed=SEEDS, sparsities=SPARSITIES)
def the_weights_are_put_back(solution, seed, sparsities):
    """The second scan begins with what the first one left behind."""
    weights = network(seed)
    same = solution.keep(weights)
    fresh = numbers_of(solution.sensitivity_scan(Evaluated(weights).evaluate, same, sparsities))
    again = numbers_of(solution.sensitivity_scan(Evaluated(weights).evaluate, same, sparsities))
    expect.that(np.array_equal(again, fresh), "weights_left_pruned", got=again, expected=fresh)


def numbers_of(got):
    """Baseline and all scores, in a row."""
    baseline, scores = scan_of(got)
    return np.concatenate([expect.array(one).ravel() for one in (baseline, *scores.values())])


# ---------------------------------------------------------------- largest_sparsities

ALL_SPARSITIES = [0.2, 0.4, 0.5, 0.6, 0.8, 0.9]


def wrongly_chosen(baseline, scores, sparsities, loss):
    """Of one layer."""
    good = [value >= baseline - loss for value in scores]
    first_bad = good.index(False) if False in good else len(good)
    strictly = [value > baseline - loss for value in scores]
    relative = [value >= baseline * (1 - loss / 100) for value in scores]
    return {
        "recovered_score_counts": max(
            [s for s, fine in zip(sparsities, good, strict=True) if fine], default=0.0
        ),
        "loss_excluded": before_the_first_bad(strictly, sparsities),
        "loss_in_percent_of_the_baseline": before_the_first_bad(relative, sparsities),
        "first_that_costs_too_much": sparsities[min(first_bad, len(sparsities) - 1)],
        "index_instead_of_sparsity": first_bad - 1,
    }


def before_the_first_bad(good, sparsities):
    count = good.index(False) if False in good else len(good)
    return sparsities[count - 1] if count else 0.0


@check(points=3, examples=40)
@given(
    baseline=sampled_from([40.0, 24.0]),
    steps=lists(integers(-8, 2), min_size=1, max_size=6),
    loss=multiples(0.25, 0, 6),
)
def pruning_ends_before_it_first_costs_too_much(solution, baseline, steps, loss):
    scores = [baseline + step / 4 for step in steps]
    sparsities = ALL_SPARSITIES[: len(scores)]
    tables = {"fc": scores, "whole": [baseline for _ in scores]}
    got = solution.largest_sparsities(baseline, tables, sparsities, loss)
    chosen = chosen_of(got, tables)
    good = [value >= baseline - loss for value in scores]
    expect.equal(
        chosen["fc"],
        before_the_first_bad(good, sparsities),
        slips=wrongly_chosen(baseline, scores, sparsities, loss),
    )
    none_lower = 0.0 if loss == 0 else sparsities[-1]
    expect.equal(chosen["whole"], sparsities[-1], slips={"loss_excluded": none_lower})


def chosen_of(got, tables):
    expect.that(got is not None, "returned_nothing")
    expect.that(isinstance(got, dict), "sparsities_not_a_dict", got=got)
    missing = [name for name in tables if name not in got]
    expect.that(not missing, "layer_not_chosen", got=got, layer=missing[0] if missing else "")
    return got


@check(points=1, examples=15)
@given(seed=SEEDS, biases_only=sampled_from([False, True]))
def nothing_to_scan_is_no_error(solution, seed, biases_only):
    """No sparsities, or no layer that can be pruned."""
    weights = network(seed)
    if biases_only:
        weights = {"stem.bias": weights["stem.bias"]}
    evaluated = Evaluated(weights)
    sparsities = [0.4] if biases_only else []
    baseline, scores = scan_of(solution.sensitivity_scan(evaluated.evaluate, weights, sparsities))
    expect.close(baseline, score(weights))
    tables = scanned(weights, sparsities)
    expect.length(of_every_layer(scores, weights), len(tables))
    for name, right in tables.items():
        expect.equal(expect.array(scores[name]), np.array(right))
    chosen = chosen_of(solution.largest_sparsities(score(weights), tables, sparsities, 0.5), tables)
    expect.equal(chosen, dict.fromkeys(tables, 0.0))


# ---------------------------------------------------------------- unseen


def classes_of(images, weights):
    """By a convolution over pairs of neighbours and two dense layers."""
    pairs = np.lib.stride_tricks.sliding_window_view(images, 2, axis=1)  # (cases, 7, 2)
    kernels = weights["conv"].reshape(-1, 2)
    hidden = np.maximum(pairs @ kernels.T + weights["conv.bias"], 0).reshape(len(images), -1)
    hidden = np.maximum(hidden @ weights["fc"].T + weights["fc.bias"], 0)
    return (hidden @ weights["out"].T).argmax(axis=1)


@check(points=3, visible=False, examples=10)
@given(seed=integers(0, 2**20), sparsities=SPARSITIES)
def a_real_network_is_scanned_exactly(solution, seed, sparsities):
    draw = np.random.RandomState(seed)
    shapes = {"conv": (3, 1, 1, 2), "conv.bias": (3,), "fc": (8, 21), "fc.bias": (8,), "out": (4, 8)}
    weights = {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    images = draw.normal(size=(200, 8))
    labels = np.where(draw.uniform(size=200) < 0.9, classes_of(images, weights), draw.randint(4, size=200))

    def scored(some):
        return float(100 * np.mean(classes_of(images, some) == labels))

    evaluated = Evaluated(weights, scored)
    got = solution.sensitivity_scan(evaluated.evaluate, weights, sparsities)
    baseline, scores = scan_of(got)
    of_every_layer(scores, weights)
    expect.close(baseline, scored(weights))
    for name, right in scanned(weights, sparsities, scored).items():
        expect.close(scores[name], right)
    expect.at_most(evaluated.calls, 1 + 3 * len(sparsities))
