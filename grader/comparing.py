"""Values of any kind beside the one that is right, and what is wrong with them in words."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import numpy as np

from grader.failures import NOTHING, WrongAnswer
from grader.near import near
from grader.pyvalue import as_python

Slips = Mapping[str, Any] | Callable[[], Mapping[str, Any]]
_NUMERIC = "biufc"


def numbers(got: Any, want: Any) -> np.ndarray:
    refuse_none(got, want)
    try:
        found = np.asarray(None if _holds_text(got) else got)
    except (ValueError, OverflowError, TypeError):
        found = np.asarray(None)
    if found.dtype.kind not in _NUMERIC:
        if type(got) is int:  # beyond 64 bits: hardly right, but a number
            return np.asarray(_as_float(got))
        raise WrongAnswer("not_numbers", {"got": as_python(got, 120)}, got=got)
    return found


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def _holds_text(value: Any) -> bool:
    """numpy would give every element of such a list the room of its longest text: gigabytes from a small reply."""
    return isinstance(value, str | bytes) or (
        isinstance(value, list | tuple) and any(map(_holds_text, value))
    )


def explaining_slips(
    found: np.ndarray, wanted: np.ndarray, slips: Slips | None, rtol: float, atol: float
) -> tuple[str, ...]:
    """Slips whose value is the one found; a slip that happens to give the right value here explains nothing."""
    keys = []
    for key, value in _known(slips).items():
        wrong = numbers(value, NOTHING)
        same_as_wanted = wrong.shape == wanted.shape and bool(near(wrong, wanted, rtol, atol).all())
        if not same_as_wanted and wrong.shape == found.shape and bool(near(found, wrong, rtol, atol).all()):
            keys.append(key)
    return tuple(keys)


def _known(slips: Slips | None) -> Mapping[str, Any]:
    return slips() if callable(slips) else slips or {}


def equal_plain(got: Any, want: Any, slips: Slips | None) -> None:
    if want is not None:
        refuse_none(got)
    if type(got) is type(want) and _plain(got) == _plain(want):
        return
    explaining = tuple(
        key
        for key, wrong in _known(slips).items()
        if type(wrong) is type(got) and _plain(wrong) == _plain(got)
    )
    raise WrongAnswer("wrong_value", both_values(got, want), got=got, expected=want, slips=explaining)


def _plain(value: Any) -> Any:
    """Arrays as nested lists, so that == always gives one bool."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


# ---------------------------------------------------------------- saying what is wrong


def refuse_none(got: Any, want: Any = NOTHING) -> None:
    if got is None:
        raise WrongAnswer("returned_nothing", got=None, expected=want)


def refuse(key: str, got: Any, want: Any, *, got_text: str = "", expected_text: str = "") -> NoReturn:
    params = {name: text for name, text in (("got", got_text), ("expected", expected_text)) if text}
    raise WrongAnswer(key, params, got=got, expected=want)


def wrong_element(found: np.ndarray, wanted: np.ndarray, wrong: np.ndarray, got: Any, want: Any) -> NoReturn:
    index = tuple(np.argwhere(wrong)[0])
    params: dict[str, str | int | float] = {
        "index": index_text(index),
        "got": as_python(found[index].item(), 60),
        "expected": as_python(wanted[index].item(), 60),
        "wrong": int(wrong.sum()),
        "total": int(wrong.size),
    }
    raise WrongAnswer("wrong_element", params, got=got, expected=want)


def both_values(got: Any, want: Any) -> dict[str, str | int | float]:
    return {"got": as_python(got, 120), "expected": as_python(want, 120)}


def index_text(index: tuple[Any, ...]) -> str:
    return str(int(index[0])) if len(index) == 1 else str(tuple(int(i) for i in index))


def type_of(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.dtype.name} {as_python(value, 60)}"
    return f"{type(value).__name__} {as_python(value, 60)}"
