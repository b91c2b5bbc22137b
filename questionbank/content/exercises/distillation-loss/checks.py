"""What a correct distillation loss does. Logits are float64, so that rounding is far below every tolerance; wrong values
are the reference's too, of logits, temperatures or weights changed by a mistake."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import integers, lists, sampled_from
from reference_impl import distillation
from reference_impl.distillation import soft_divergence, softened_log_softmax, softened_softmax

RTOL, ATOL = 1e-5, 1e-6
TEMPERATURES = sampled_from([2.0, 4.0, 8.0, 3.0])
ALPHAS = sampled_from([0.25, 0.75, 0.9, 0.1])


def logits(classes=3, most=3):
    """float64 (rows, classes); as lists of whole numbers they shrink well."""
    rows = lists(lists(integers(-12, 12), min_size=classes, max_size=classes), min_size=1, max_size=most)
    return rows.map(lambda values: np.array(values, np.float64) / 2)


def batches():
    """Student's and teacher's logits and labels of 1 to 3 examples with 3 classes."""
    row = lists(integers(-8, 8), min_size=7, max_size=7)
    return lists(row, min_size=1, max_size=3).map(_batch)


def _batch(rows):
    values = np.array(rows, np.float64) / 2
    return values[:, :3].copy(), values[:, 3:6].copy(), (2 * values[:, 6]).astype(np.int64) % 3


def loss(student, teacher, labels, temperature, alpha):
    return distillation.distillation_loss(student, teacher, labels, temperature=temperature, alpha=alpha)


def hard_loss(student, labels):
    return distillation.label_cross_entropy(student, labels).value


def called(function, solution, batch, temperature, alpha):
    """On the learner's side the batch consists of torch tensors."""
    student, teacher, labels = (solution.tensor(part) for part in batch)
    return getattr(solution, function)(student, teacher, labels, temperature, alpha)


def no_overflow(got, key):
    expect.that(np.isfinite(expect.array(got, finite=False)).all(), key, got=got)


# ---------------------------------------------------------------- soft_targets


@check(points=1)
@given(z=logits(), temperature=TEMPERATURES)
def soft_targets_are_the_softmax_at_t(solution, z, temperature):
    expect.close(
        solution.soft_targets(solution.tensor(z), temperature),
        softened_softmax(z, temperature),
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "temperature_forgotten": softened_softmax(z, 1.0),
            "temperature_multiplied": softened_softmax(z, 1 / temperature),
            "softmax_over_the_batch": softened_softmax(z.T, temperature).T,
            "divided_after_the_softmax": softened_softmax(z, 1.0) / temperature,
            "logarithms_returned": softened_log_softmax(z, temperature),
        },
    )


@check(points=1)
@given(z=logits(), huge=sampled_from([1e4, 1e5, -1e5]), temperature=sampled_from([1.0, 2.0, 0.5]))
def huge_logits_do_not_overflow(solution, z, huge, temperature):
    got = solution.soft_targets(solution.tensor(z + huge), temperature)
    no_overflow(got, "exp_overflows")
    expect.close(got, softened_softmax(z + huge, temperature), rtol=RTOL, atol=ATOL)


# ---------------------------------------------------------------- distill_loss


@check(points=3)
@given(batch=batches(), temperature=TEMPERATURES)
def soft_term_is_the_scaled_divergence(solution, batch, temperature):
    student, teacher, _ = batch
    got = called("distill_loss", solution, batch, temperature, 1.0)
    divergence = soft_divergence(student, teacher, temperature)
    expect.close(
        got,
        loss(*batch, temperature, 1.0).value,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: wrong_soft_terms(student, teacher, temperature, divergence),
    )


def wrong_soft_terms(student, teacher, temperature, divergence):
    t2, (n, classes) = temperature**2, student.shape
    p, q = softened_softmax(teacher, temperature), softened_softmax(student, temperature)
    twice = soft_divergence(q, p, 1.0)
    return {
        "t_squared_forgotten": divergence,
        "divergence_reversed": t2 * soft_divergence(teacher, student, temperature),
        "reversed_without_t_squared": soft_divergence(teacher, student, temperature),
        "t_instead_of_t_squared": temperature * divergence,
        "sum_over_the_batch": t2 * divergence * n,
        "mean_over_classes_too": t2 * divergence / classes,
        "kl_div_with_its_defaults": float((p * (np.log(p) - q)).sum()) / (n * classes),
        "mean_over_classes_without_t_squared": divergence / classes,
        "probabilities_where_logarithms_belong": t2 * float((p * (np.log(p) - q)).sum()) / n,
        "logarithm_of_the_teacher_missing": t2 * float((p * (p - np.log(q))).sum()) / n,
        "cross_entropy_instead_of_divergence": t2
        * distillation.soft_cross_entropy(student, teacher, temperature),
        "softmax_twice": t2 * twice,
        "teacher_not_softened": t2 * soft_divergence(student, teacher * temperature, temperature),
        "student_not_softened": t2 * soft_divergence(student * temperature, teacher, temperature),
        "temperature_forgotten": soft_divergence(student, teacher, 1.0),
        "divergence_negated": -t2 * divergence,
    }


@check(points=2)
@given(batch=batches(), temperature=TEMPERATURES)
def hard_term_is_the_cross_entropy_at_one(solution, batch, temperature):
    student, teacher, labels = batch
    got = called("distill_loss", solution, batch, temperature, 0.0)
    once = softened_softmax(student, 1.0)
    expect.close(
        got,
        loss(*batch, temperature, 0.0).value,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "hard_term_softened": hard_loss(student / temperature, labels),
            "hard_term_scaled": temperature**2 * hard_loss(student, labels),
            "hard_term_softened_and_scaled": temperature**2 * hard_loss(student / temperature, labels),
            "softmax_before_cross_entropy": hard_loss(once, labels),
            "sum_over_the_batch": hard_loss(student, labels) * len(labels),
            "teacher_judged_by_labels": hard_loss(teacher, labels),
            "alpha_swapped": loss(*batch, temperature, 1.0).value,
        },
    )


@check(points=2, depends_on=("soft_term_is_the_scaled_divergence", "hard_term_is_the_cross_entropy_at_one"))
@given(batch=batches(), temperature=TEMPERATURES, alpha=ALPHAS)
def alpha_weighs_the_soft_term(solution, batch, temperature, alpha):
    soft, hard = loss(*batch, temperature, 1.0).value, loss(*batch, temperature, 0.0).value
    expect.close(
        called("distill_loss", solution, batch, temperature, alpha),
        loss(*batch, temperature, alpha).value,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "alpha_swapped": loss(*batch, temperature, 1 - alpha).value,
            "hard_term_not_weighed": alpha * soft + hard if alpha not in (0.0, 1.0) else 0.0,
            "alpha_rounded": soft if alpha > 0.5 else hard,
        },
    )


@check(points=1)
@given(
    batch=batches(),
    factor=sampled_from([1e4, 3e3]),
    temperature=sampled_from([1.0, 2.0]),
    alpha=sampled_from([0.5, 1.0, 0.0]),
)
def logits_far_apart_stay_finite(solution, batch, factor, temperature, alpha):
    student, teacher, labels = batch
    apart = (student * factor, teacher * factor, labels)
    got = called("distill_loss", solution, apart, temperature, alpha)
    no_overflow(got, "logarithm_of_zero")
    expect.close(got, loss(*apart, temperature, alpha).value, rtol=RTOL, atol=ATOL)


@check(points=1, examples=10)
@given(batch=batches(), temperature=TEMPERATURES, alpha=ALPHAS)
def loss_is_one_number(solution, batch, temperature, alpha):
    got = called("distill_loss", solution, batch, temperature, alpha)
    expect.that(np.shape(got) == (), "loss_of_each_example", got=got)
    expect.close(got, loss(*batch, temperature, alpha).value, rtol=RTOL, atol=ATOL)


# ---------------------------------------------------------------- distill_gradient


@check(points=3)
@given(batch=batches(), temperature=TEMPERATURES, alpha=sampled_from([0.25, 0.75, 1.0, 0.0]))
def gradient_is_that_of_the_loss(solution, batch, temperature, alpha):
    student, teacher, labels = batch
    got = called("distill_gradient", solution, batch, temperature, alpha)
    right = loss(*batch, temperature, alpha).gradient
    soft = alpha * loss(*batch, temperature, 1.0).gradient
    hard = right - soft
    expect.close(
        got,
        right,
        rtol=RTOL,
        atol=ATOL,
        slips=lambda: {
            "gradient_sum_over_the_batch": right * len(labels),
            "gradient_without_t_squared": soft / temperature**2 + hard,
            "gradient_with_t_squared": soft * temperature + hard,
            "gradient_mean_over_classes_too": soft / student.shape[1] + hard,
            "gradient_negated": -right,
            "gradient_by_the_teacher": alpha * by_the_teacher(student, teacher, temperature),
            "gradient_of_the_reversed_divergence": alpha * by_the_teacher(teacher, student, temperature)
            + hard,
            "gradient_of_swapped_alpha": loss(*batch, temperature, 1 - alpha).gradient,
            "gradient_of_nothing": np.zeros_like(right),
        },
    )


def by_the_teacher(student, teacher, temperature):
    """Of T^2 KL(teacher || student), by the teacher's logits: what autograd gives for the wrong argument."""
    p, log_p = softened_softmax(teacher, temperature), softened_log_softmax(teacher, temperature)
    above = log_p - softened_log_softmax(student, temperature)
    mean = (p * above).sum(axis=1, keepdims=True)
    return temperature * p * (above - mean) / len(p)


@check(points=1, examples=15, depends_on="soft_term_is_the_scaled_divergence")
@given(batch=batches(), temperature=TEMPERATURES, alpha=ALPHAS)
def the_given_tensors_are_not_changed(solution, batch, temperature, alpha):
    student, teacher = (solution.keep(solution.tensor(part)) for part in batch[:2])
    labels = solution.tensor(batch[2])
    fresh = solution.distill_loss(student, teacher, labels, temperature, alpha)
    solution.distill_gradient(student, teacher, labels, temperature, alpha)
    solution.soft_targets(student, temperature)
    expect.unchanged_input(
        solution.distill_loss(student, teacher, labels, temperature, alpha), fresh, rtol=1e-9
    )


# ---------------------------------------------------------------- unseen


@check(points=1, visible=False, examples=20)
@given(
    seed=integers(0, 2**20),
    rows=integers(1, 40),
    classes=sampled_from([2, 10, 100]),
    temperature=sampled_from([1.0, 1.5, 5.0, 20.0]),
    alpha=sampled_from([0.5, 0.0, 1.0, 0.3]),
)
def larger_batches_of_many_classes(solution, seed, rows, classes, temperature, alpha):
    draw = np.random.RandomState(seed)
    student, teacher = (draw.normal(0, 4, (rows, classes)) for _ in range(2))
    batch = (student, teacher, draw.randint(0, classes, rows))
    right = loss(*batch, temperature, alpha)
    expect.close(
        called("distill_loss", solution, batch, temperature, alpha), right.value, rtol=RTOL, atol=ATOL
    )
    got = called("distill_gradient", solution, batch, temperature, alpha)
    expect.close(got, right.gradient, rtol=1e-4, atol=1e-7)
