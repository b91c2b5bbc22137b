"""The face for authors of checks.py: mark a function with @check, draw its inputs with @given.

    @check(points=2)
    @given(lo=finite(-100, -1), hi=finite(1, 100), bits=bit_widths())
    def scale_is_the_width_of_one_step(solution, lo, hi, bits):
        scale, _ = expect.pair(solution.choose_qparams(lo, hi, bits))
        expect.close(scale, (hi - lo) / (2**bits - 1), slips={"counts_levels_not_steps": (hi - lo) / 2**bits})

`solution.f(...)` crosses into the sandbox and back. `grader.strategies` has the inputs of the field.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.checklist import CheckInfo
from grader.errors import BadExercise
from grader.exercise import Exercise

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

CheckFunction = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check that can run: what the site knows of it, and the function with its inputs."""

    info: CheckInfo
    function: CheckFunction
    strategies: Mapping[str, "SearchStrategy[Any]"]  #: empty: the check runs once, without inputs
    right: Mapping[str, Callable[..., Any]] = field(default_factory=dict)  #: see `with_right`
    linked: bool = False  #: depends on another check, or another one on it


def check(
    *,
    points: float,
    visible: bool = True,
    depends_on: str | tuple[str, ...] = (),
    examples: int | None = None,
    curve: Sequence[Sequence[float]] | None = None,
) -> Callable[[CheckFunction], CheckFunction]:
    """Mark a function as a check. The options are plain values: the site reads them without running the file."""

    def mark(function: CheckFunction) -> CheckFunction:
        function.is_check = True  # type: ignore[attr-defined]
        return function

    return mark


def given(**strategies: "SearchStrategy[Any]") -> Callable[[CheckFunction], CheckFunction]:
    """Note where the inputs come from; they are drawn once and replayed for every submission."""

    def note(function: CheckFunction) -> CheckFunction:
        function.strategies = strategies  # type: ignore[attr-defined]
        return function

    return note


def with_right(**functions: Callable[..., Any]) -> Callable[[CheckFunction], CheckFunction]:
    """For a check that puts functions together which the checks of `depends_on` look at: the same, by the reference.
    Where it fails, and passes with one of them answered by this, the mistake lies in that function alone."""

    def note(function: CheckFunction) -> CheckFunction:
        function.right = functions  # type: ignore[attr-defined]
        return function

    return note


def load_checks(exercise: Exercise) -> tuple[Check, ...]:
    """Run the exercise's checks.py here, in the trusted process. BadExercise: the author's turn."""
    path = exercise.folder / "checks.py"
    namespace: dict[str, Any] = {
        "__name__": f"checks_of_{exercise.slug.replace('-', '_')}",
        "__file__": str(path),
    }
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), namespace)  # noqa: S102  trusted: ours or an author's, never a learner's
    except Exception as error:
        raise BadExercise(path, f"cannot be run: {type(error).__name__}: {error}.") from error
    needed = {name for info in exercise.checks for name in info.depends_on}
    return tuple(_loaded(info, namespace, needed, path) for info in exercise.checks)


def _loaded(info: CheckInfo, namespace: Mapping[str, Any], needed: Collection[str], path: Any) -> Check:
    function = namespace.get(info.name)
    if not getattr(function, "is_check", False):
        raise BadExercise(
            path, f"{info.name} is no longer the function marked with @check. Is the name used twice?"
        )
    assert function is not None
    right = getattr(function, "right", {})
    if right and (not info.depends_on or info.curve):
        raise BadExercise(path, f"{info.name}: @with_right goes with depends_on, and not with a curve.")
    return Check(
        info=info,
        function=function,
        strategies=getattr(function, "strategies", {}),
        right=right,
        linked=bool(info.depends_on) or info.name in needed,
    )
