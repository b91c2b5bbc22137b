"""What is graded: an exercise for each set of libraries, a correct file and wrong ones."""

import pickle
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.draws import inputs_of
from grader.exercise import EXERCISES_FOLDER, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable

SEED = 1  #: of the submissions


@dataclass(frozen=True)
class Case:
    library: str
    slug: str
    solution: str
    mutants: tuple[str, ...]
    #: checks that all are spared, since peers have no way to measure what these ask for
    spared: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return EXERCISES_FOLDER / self.slug

    @property
    def correct(self) -> Path:
        return self.folder / "solutions" / f"{self.solution}.py"

    @property
    def wrong(self) -> list[Path]:
        return [self.folder / "mutants" / f"{name}.py" for name in self.mutants]

    @cached_property
    def gradable(self) -> Gradable:
        """With its inputs drawn, as a worker has them."""
        gradable = Gradable.load(read_exercise(self.folder))
        checks = tuple(check for check in gradable.checks if check.info.name not in self.spared)
        exercise = replace(gradable.exercise, checks=tuple(check.info for check in checks))
        gradable = Gradable(exercise, checks)
        gradable.draw_inputs()
        return gradable

    @property
    def whole(self) -> "Case":
        return replace(self, spared=())

    def job(self, source: Path) -> GradingJob:
        exercise = self.gradable.exercise
        return GradingJob(
            submission_id=0,
            nonce="",
            exercise=exercise.slug,
            exercise_version=exercise.version,
            source=source.read_text(encoding="utf-8"),
            seed=SEED,
        )

    def write_inputs(self, file: Path) -> None:
        """The examples of every check, drawn: peers do not pay for drawing either."""
        limits = self.gradable.exercise.limits
        drawn = {
            check.info.name: inputs_of(check, check.info.examples or limits.examples_per_check, SEED)
            for check in self.gradable.checks
        }
        file.write_bytes(pickle.dumps(drawn))


CASES = (
    Case(
        "numpy",
        "affine-quantization",
        "whole_arrays",
        ("divides_by_levels", "casts_before_clamping", "truncates", "works_in_place"),
    ),
    Case(
        "torch",
        "distillation-loss",
        "functional",
        ("kl_reversed", "no_t_squared", "alpha_swapped", "loss_without_a_graph"),
    ),
    Case(
        "numba",
        "sparse-matvec",
        "compiled_loops",
        ("assigns", "transposed", "works_in_place", "zeros_stored"),
        spared=("the_product_is_fast",),
    ),
)
