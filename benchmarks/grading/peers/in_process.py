"""What a harness does that has no sandbox: the learner's functions and the checks in one process.

Run by the peers themselves, in their own interpreter. The checks are the exercise's, so that all compare alike.
"""

import copy
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import Check, load_checks
from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.failures import ExampleFailed

Namespace = Mapping[str, Any]


class Functions:
    """In place of the judge's Solution: calls what is in the namespace."""

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: as_values(self._namespace[name](*args, **kwargs))

    def keep(self, value: Any) -> Any:
        return value

    def strided(self, value: np.ndarray) -> Any:
        return np.repeat(value, 2, axis=-1)[..., ::2]

    def tensor(self, value: Any) -> Any:
        import torch

        return torch.from_numpy(np.array(value))

    def anew(self) -> "Functions":
        return self


def as_values(value: Any) -> Any:
    """Tensors and numpy's scalars as arrays, as they leave the sandbox."""
    if isinstance(value, tuple | list):
        return type(value)(as_values(item) for item in value)
    if isinstance(value, np.generic):
        return np.asarray(value)
    return value.detach().numpy() if hasattr(value, "detach") else value


def checks_of(slug: str) -> tuple[Check, ...]:
    return load_checks(read_exercise(EXERCISES_FOLDER / slug))


def passes(slug: str, name: str, namespace: Namespace, inputs_file: str | Path) -> bool:
    """Whether the functions pass that check on the inputs that were drawn for it."""
    check = next(check for check in checks_of(slug) if check.info.name == name)
    return passes_check(check, namespace, pickle.loads(Path(inputs_file).read_bytes())[name])  # noqa: S301


def passes_check(check: Check, namespace: Namespace, examples: tuple[Mapping[str, Any], ...]) -> bool:
    for inputs in examples:
        try:
            check.function(Functions(namespace), **copy.deepcopy(dict(inputs)))
        except (Exception, ExampleFailed):
            return False
    return True


def share(slug: str, source: Path, inputs_file: Path) -> float:
    """Of the points of the checks that inputs were drawn for, 0 ... 1."""
    drawn = pickle.loads(inputs_file.read_bytes())  # noqa: S301
    namespace: dict[str, Any] = {"__name__": "submission"}
    exec(compile(source.read_text(encoding="utf-8"), str(source), "exec"), namespace)  # noqa: S102  that is what these peers do
    checks = [check for check in checks_of(slug) if check.info.name in drawn]
    earned = sum(
        check.info.points for check in checks if passes_check(check, namespace, drawn[check.info.name])
    )
    return earned / sum(check.info.points for check in checks)


def main() -> None:
    """A cold process per submission: `python -m benchmarks.grading.peers.in_process SLUG FILE INPUTS`."""
    import sys

    slug, source, inputs_file = sys.argv[1:]
    print(share(slug, Path(source), Path(inputs_file)))


if __name__ == "__main__":
    main()
