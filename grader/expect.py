"""What a check may demand of a value. Everything here runs on the trusted side and takes values of any kind:
a learner's function may return anything that can cross, and a strange value is a wrong answer, not a crash.

`slips` maps the key of a known mistake to the value that this mistake would give. Where the value is wrong and equals
one of them, the learner is told which mistake it is instead of just "wrong". Behind a `lambda:` they are computed only then,
which most values, being right, never need.

`picture` is a sketch from `grader.pictures`, drawn when this is the failure that the learner is shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from grader.comparing import (
    Slips,
    both_values,
    equal_plain,
    explaining_slips,
    index_text,
    numbers,
    refuse,
    refuse_none,
    type_of,
    wrong_element,
)
from grader.failures import NOTHING, CodeFailed, Measured, WrongAnswer
from grader.metric import Metric
from grader.near import near, wide
from grader.pictures import Sketch
from grader.pyvalue import as_python


def close(
    got: Any,
    want: Any,
    *,
    rtol: float = 1e-6,
    atol: float = 0.0,
    slips: Slips | None = None,
    picture: Sketch | None = None,
) -> None:
    """Same shape, finite where `want` is, and |got - want| <= atol + rtol |want| in every element."""
    with _drawn_as(picture):
        _close(got, want, rtol, atol, slips)


def _close(got: Any, want: Any, rtol: float, atol: float, slips: Slips | None) -> None:
    found, wanted = numbers(got, want), numbers(want, NOTHING)
    same_shape = found.shape == wanted.shape
    right = near(found, wanted, rtol, atol) if same_shape else np.asarray(False)
    if type(want) is int and type(got) is int and not rtol and not atol:
        right = np.asarray(got == want)  # arrays hold 64 bits at most
    if right.all() and same_shape:
        return
    if explaining := explaining_slips(found, wanted, slips, rtol, atol):
        raise WrongAnswer("wrong_value", both_values(got, want), got=got, expected=want, slips=explaining)
    if not same_shape:
        refuse("wrong_shape", got, want, got_text=str(found.shape), expected_text=str(wanted.shape))
    if (lost := ~np.isfinite(found) & np.isfinite(wanted)).any():
        refuse("not_finite", got, want, got_text=as_python(found[lost].reshape(-1)[0].item()))
    if found.size == 1:
        params = both_values(found.reshape(-1)[0].item(), wanted.reshape(-1)[0].item())
        raise WrongAnswer("wrong_value", params, got=got, expected=want)
    wrong_element(found, wanted, ~right, got, want)


def equal(got: Any, want: Any, *, slips: Slips | None = None, picture: Sketch | None = None) -> None:
    """Numbers or arrays: equal in every element, whatever their dtype. Other values: equal as Python compares them."""
    with _drawn_as(picture):
        if isinstance(want, str | bytes | list | dict | type(None)) and not isinstance(want, np.ndarray):
            equal_plain(got, want, slips)
        else:
            _close(got, want, 0.0, 0.0, slips)


def within(got: Any, want: Any, limit: Any, *, key: str = "too_far", picture: Sketch | None = None) -> None:
    """|got - want| <= limit in every element (`limit` a number or an array of the same shape)."""
    with _drawn_as(picture):
        _within(got, want, limit, key)


def _within(got: Any, want: Any, limit: Any, key: str) -> None:
    found, wanted = numbers(got, want), np.asarray(want)
    if found.shape != wanted.shape:
        refuse("wrong_shape", got, want, got_text=str(found.shape), expected_text=str(wanted.shape))
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), wanted.shape)
    with np.errstate(all="ignore"):
        distance = np.abs(wide(found) - wide(wanted))
    if (far := ~(distance <= limits)).any():
        index = tuple(np.argwhere(far)[0])
        params: dict[str, str | int | float] = {
            "index": index_text(index),
            "got": float(distance[index]),
            "limit": float(limits[index]),
        }
        raise WrongAnswer(key, params, got=got, expected=want)


def shape(got: Any, wanted: tuple[int, ...]) -> None:
    found = numbers(got, NOTHING).shape
    if found != tuple(wanted):
        raise WrongAnswer("wrong_shape", {"got": str(found), "expected": str(tuple(wanted))}, got=got)


def dtype(got: Any, name: str) -> None:
    """An array (or numpy scalar) with exactly this dtype."""
    refuse_none(got)
    if not isinstance(got, np.ndarray):
        raise WrongAnswer("not_an_array", {"got": type_of(got), "expected": name}, got=got)
    if got.dtype.name != name:
        raise WrongAnswer("wrong_dtype", {"got": got.dtype.name, "expected": name}, got=got)


def finite(got: Any) -> None:
    found = numbers(got, NOTHING)
    if not (ok := np.isfinite(found)).all():
        refuse("not_finite", got, NOTHING, got_text=as_python(found[~ok].reshape(-1)[0].item()))


def whole_number(got: Any, *, key: str = "wrong_type") -> int:
    """A Python int or a numpy integer scalar, not a bool; as a Python int."""
    refuse_none(got)
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "iu":
        return int(got)
    if type(got) is not int:
        raise WrongAnswer(key, {"got": type_of(got), "expected": "int"}, got=got)
    return got


def pair(got: Any) -> tuple[Any, Any]:
    """Exactly two values, as a tuple or list."""
    refuse_none(got)
    if type(got) not in (tuple, list) or len(got) != 2:
        raise WrongAnswer("not_a_pair", {"got": type_of(got)}, got=got)
    return got[0], got[1]


def array(got: Any, wanted: tuple[int, ...] | None = None, *, finite: bool = True) -> np.ndarray:
    """Real numbers, of this shape where one is given; as an array of float64 that can be computed with."""
    found = numbers(got, NOTHING)
    if found.dtype.kind == "c":
        raise WrongAnswer("not_numbers", {"got": as_python(got, 120)}, got=got)
    if wanted is not None:
        shape(found, wanted)
    if finite and not (ok := np.isfinite(found)).all():
        refuse("not_finite", got, NOTHING, got_text=as_python(found[~ok].reshape(-1)[0].item()))
    return found.astype(np.float64)


def blob(got: Any) -> bytes:
    """Bytes, as a function that writes a file returns them."""
    refuse_none(got)
    if type(got) is not bytes:
        raise WrongAnswer("wrong_type", {"got": type_of(got), "expected": "bytes"}, got=got)
    return got


def length(got: Any, wanted: int) -> None:
    refuse_none(got)
    countable = isinstance(got, np.ndarray) and got.ndim > 0
    if not countable and not isinstance(got, tuple | list | str | bytes | dict):
        raise WrongAnswer("wrong_type", {"got": type_of(got), "expected": "list"}, got=got)
    if len(got) != wanted:
        raise WrongAnswer("wrong_length", {"got": len(got), "expected": wanted}, got=got)


def at_most(got: Any, limit: float, *, key: str = "too_large", picture: Sketch | None = None) -> None:
    """A real number, or numbers none of which is larger than `limit`."""
    with _drawn_as(picture):
        _bounded(got, limit, key, lambda found: found <= limit)


def at_least(got: Any, limit: float, *, key: str = "too_small", picture: Sketch | None = None) -> None:
    """A real number, or numbers none of which is smaller than `limit`."""
    with _drawn_as(picture):
        _bounded(got, limit, key, lambda found: found >= limit)


def metric(measured: Metric) -> NoReturn:
    """The last word of a check with a `curve`: what was measured, by a function of `grader.metrics` or `solution.race`.
    Nothing after it runs. Over several examples the least favourable one counts."""
    raise Measured(measured)


def that(
    condition: object,
    key: str,
    *,
    got: Any = None,
    expected: Any = None,
    picture: Sketch | None = None,
    **params: str | int | float,
) -> None:
    """Any other property; `key` is a slip of the exercise or a general message."""
    if not condition:
        shown = {name: value for name, value in (("got", got), ("expected", expected)) if value is not None}
        raise WrongAnswer(
            key,
            {**params, **{name: as_python(value, 120) for name, value in shown.items()}},
            **shown,
            picture=picture,
        )


def unchanged_input(second: Any, want: Any, *, rtol: float = 0.0, atol: float = 0.0) -> None:
    """`second` is what the same array (`solution.keep`) gave after another call had it; `want`, what it gives untouched."""
    try:
        close(second, want, rtol=rtol, atol=atol)
    except WrongAnswer as wrong:
        raise WrongAnswer("input_changed", got=second, expected=want) from wrong


def raises(call: Callable[[], Any], *kinds: str) -> None:
    """The call raises one of these exceptions, by class name."""
    try:
        got = call()
    except CodeFailed as failed:
        if failed.kind in kinds:
            return
        raise
    raise WrongAnswer("should_raise", {"expected": " / ".join(kinds), "got": as_python(got, 120)}, got=got)


@contextmanager
def _drawn_as(picture: Sketch | None) -> Iterator[None]:
    try:
        yield
    except WrongAnswer as wrong:
        wrong.picture = picture
        raise


def _bounded(got: Any, limit: float, key: str, keeps: Callable[[np.ndarray], np.ndarray]) -> None:
    found = array(got, finite=False)  # one that is not a number keeps no bound
    if not (ok := np.asarray(keeps(found))).all():
        worst = found[~ok].reshape(-1)[0].item()
        raise WrongAnswer(key, {"got": worst, "limit": float(limit)}, got=got)
