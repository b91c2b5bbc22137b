"""What a correct product of int8 matrices does: every sum is exact. A race says how fast it is."""

import numpy as np

from grader import expect
from grader.checks import check, given
from grader.strategies import arrays, integers, one_of, sampled_from

CODES = one_of(integers(-128, 127), sampled_from([-128, 127, 0, 1]))
SHAPE = integers(1, 4)
MOST_TERMS = 131_071  #: (-128)² as often as this still fits into 32 bits
ROWS, TERMS, COLUMNS = 128, 1024, 256  #: of the race
ROUNDED = 1e-5  #: relative: what float32 loses


def product(x, w):
    """Exact in float64, whose whole numbers reach 2^53."""
    return (x.astype(np.float64) @ w.astype(np.float64).T).astype(np.int32)


def wrapped(x, w, dtype):
    return (x.astype(np.int64) @ w.astype(np.int64).T).astype(dtype)


def wrapped_products(x, w, dtype):
    """Each product in a narrow type, their sum in a wide one."""
    products = x[:, None, :].astype(np.int64) * w[None, :, :].astype(np.int64)
    return products.astype(dtype).sum(axis=-1, dtype=np.int64)


@check(points=5)
@given(sides=SHAPE.flatmap(lambda k: arrays(CODES, dtype=np.int8, shape=(5, k))), rows=SHAPE)
def the_product_is_exact(solution, sides, rows):
    x, w = sides[:rows], sides[rows:]
    right = product(x, w)
    square = w.T if w.shape[0] == w.shape[1] else w
    expect.equal(
        solution.int8_matmul(x, w),
        right,
        slips={
            "sums_wrap_at_eight_bits": wrapped(x, w, np.int8),
            "sums_wrap_at_sixteen_bits": wrapped(x, w, np.int16),
            "products_wrap_at_eight_bits": wrapped_products(x, w, np.int8),
            "read_without_sign": product(x.view(np.uint8), w.view(np.uint8)),
            "transposed_result": right.T,
            "weights_not_transposed": product(x, square),
            "last_product_lost": product(x[:, :-1], w[:, :-1]),
            "only_the_last_product": product(x[:, -1:], w[:, -1:]),
        },
    )


@check(points=1, examples=6)
@given(
    rows=sampled_from([0, 3]),
    columns=sampled_from([0, 2]),
    terms=sampled_from([0, 1]),
    code=sampled_from([7]),
)
def the_result_is_int32_also_without_terms(solution, rows, columns, terms, code):
    """A sum over no products is 0."""
    x, w = np.full((rows, terms), code, np.int8), np.full((columns, terms), code, np.int8)
    y = solution.int8_matmul(x, w)
    expect.equal(y, product(x, w), slips={"memory_not_cleared": np.ones((rows, columns))})
    expect.dtype(y, "int32")


@check(points=3, examples=6)
@given(terms=sampled_from([MOST_TERMS, 1041, 2063, 4099, 33_003]), code=sampled_from([127, -128]))
def long_sums_stay_exact(solution, terms, code):
    """Odd sums above 2^24, which float32 does not have, and the largest that int32 has."""
    x = np.full((2, terms), code, np.int8)
    w = np.full((3, terms), code, np.int8)
    x[1], w[2] = 127, 127
    right = product(x, w)
    got = expect.array(solution.int8_matmul(x, w), right.shape)
    apart = np.abs(got - right)
    rounded = bool(apart.any() and (apart <= ROUNDED * np.abs(right)).all())
    expect.that(
        not rounded,
        "rounded_in_float32",
        got=int(got.flat[apart.argmax()]),
        expected=int(right.flat[apart.argmax()]),
    )
    expect.equal(got, right, slips={"sums_wrap_at_sixteen_bits": wrapped(x, w, np.int16)})


@check(points=1, examples=6)
@given(rows=integers(1, 3), columns=integers(1, 3), terms=integers(2, 5))
def arrays_with_gaps_are_read_right(solution, rows, columns, terms):
    """Views of larger arrays, whose values are not neighbours in memory."""
    x, w = codes(rows, terms, 1), codes(columns, terms, 2)
    right = product(x, w)
    expect.equal(solution.int8_matmul(solution.strided(x), w), right)
    expect.equal(solution.int8_matmul(x, solution.strided(w)), right)


def codes(rows, terms, seed):
    return np.random.RandomState(seed).randint(-128, 128, (rows, terms)).astype(np.int8)


@check(points=1, examples=4, depends_on="the_product_is_exact")
@given(rows=integers(1, 3), terms=integers(1, 5))
def the_given_arrays_are_not_changed(solution, rows, terms):
    kept = solution.keep(codes(rows, terms, 3)), solution.keep(codes(2, terms, 4))
    fresh = solution.int8_matmul(*kept)
    expect.unchanged_input(solution.int8_matmul(*kept), fresh)


# ---------------------------------------------------------------- unseen, and fast


@check(
    points=5,
    curve=[[0.5, 1], [0.75, 0.9], [1.0, 0.6], [4.0, 0.2], [12.0, 0]],
    depends_on="the_product_is_exact",
)
def the_product_is_fast(solution):
    def inputs(rng):
        draw = rng.integers
        return (
            draw(-128, 128, (ROWS, TERMS), dtype=np.int8),
            draw(-128, 128, (COLUMNS, TERMS), dtype=np.int8),
        )

    def verify(y, x, w):
        expect.equal(y, product(x, w))
        expect.dtype(y, "int32")

    expect.metric(solution.race("int8_matmul", inputs, verify))


@check(points=2, visible=False, examples=10)
@given(
    seed=integers(0, 2**20),
    rows=integers(1, 70),
    columns=integers(1, 70),
    terms=integers(1, 300),
)
def sides_of_any_length_are_multiplied(solution, seed, rows, columns, terms):
    draw = np.random.RandomState(seed)
    x = draw.randint(-128, 128, (rows, terms)).astype(np.int8)
    w = draw.randint(-128, 128, (columns, terms)).astype(np.int8)
    expect.equal(solution.int8_matmul(x, w), product(x, w))
