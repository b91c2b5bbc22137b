"""Proof of an exercise: correct solutions get all points, the starter none, every mutant fails the checks it names.

The first line of a mutant says which: `# fails: check_a, check_b[slip]` (`grader.first_lines`). Where checks are linked,
functions that do nothing are tried as well: none may be let off as if only an earlier mistake were repeated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import BadExercise
from grader.exercise import Exercise
from grader.first_lines import ExpectedFailure, expected_failures, reached_shares, share, told
from grader.job import GradingJob
from grader.judge import ANYWHERE, Gradable, grade_and_measure
from grader.report import CheckResult, GradingReport, Verdict
from grader.run import Headroom, Sandbox, Surroundings

MIN_SOLUTIONS = 3
#: times that correct code should fit into every limit: learners' machines and styles differ
MIN_HEADROOM = 3.0
SHRINK_CALLS = 30  #: of each check, instead of hundreds
#: hidden inputs must accept every correct solution; mutants are tried with the first seed only
SEEDS = (1, 2)
#: Functions that do nothing. One of them must not pass for right work with a mistake that is counted elsewhere.
NOTHING_DONE = {
    "returns nothing": "None",
    "returns zero": "0.0",
    "returns a pair": "(1.0, 0)",
    "returns its first argument": "(*args, *kwargs.values(), None)[0]",
}


@dataclass(frozen=True)
class Tried:
    """One file of the exercise under the judge."""

    kind: str  #: "solution", "starter", "mutant" or "empty"
    name: str
    problems: tuple[str, ...]  #: empty: it did what it should
    killed: bool = False  #: of a mutant: at least one check failed
    failed_checks: tuple[str, ...] = ()
    headroom: Headroom | None = None  #: of a solution

    @property
    def warnings(self) -> tuple[str, ...]:
        """They do not refute the proof: the machine may have been busy."""
        if self.headroom is None or self.headroom.times >= MIN_HEADROOM:
            return ()
        return (
            f"comes too near a limit: raise {self.headroom.limit} in exercise.toml until correct code takes a "
            f"third of it at most, or ask for less work in a check.",
        )


@dataclass(frozen=True)
class Proof:
    exercise: Exercise
    tried: tuple[Tried, ...]

    @property
    def holds(self) -> bool:
        return not any(one.problems for one in self.tried)

    @property
    def mutants(self) -> tuple[Tried, ...]:
        return tuple(one for one in self.tried if one.kind == "mutant")

    @property
    def mutation_score(self) -> float:
        """Killed / all, 0 … 1."""
        return sum(one.killed for one in self.mutants) / len(self.mutants)


def prove(sandbox: Sandbox, gradable: Gradable, around: Surroundings = ANYWHERE) -> Iterator[Tried]:
    """Each file as it is judged. BadExercise: a file or its first line is missing."""
    gradable = _shrinking_little(gradable)
    exercise = gradable.exercise
    solutions, mutants = _files(exercise, "solutions"), _files(exercise, "mutants")
    if len(solutions) < MIN_SOLUTIONS:
        raise BadExercise(
            exercise.folder / "solutions",
            f"has {len(solutions)} files; {MIN_SOLUTIONS} really different correct solutions are needed.",
        )
    if not mutants:
        raise BadExercise(
            exercise.folder / "mutants", "is empty; write each wrong solution that a learner might hand in."
        )
    names = {check.name for check in exercise.checks}
    expected = {path: expected_failures(path, names) for path in mutants}
    reached = {path: reached_shares(path, names) for path in solutions}
    for path in solutions:
        judged = [
            _judged(sandbox, gradable, path.read_text(), seed, replace(around, together=together))
            for seed, together in zip(SEEDS, (False, True), strict=True)
        ]
        solution = _tried(
            "solution", path.stem, [_problems_of_solution(report, reached[path]) for report, _ in judged]
        )
        yield replace(solution, headroom=min((room for _, room in judged), key=lambda room: room.times))
    judged = [_judged(sandbox, gradable, exercise.starter, seed, around) for seed in SEEDS]
    yield _tried("starter", "starter", [_problems_of_starter(report) for report, _ in judged])
    for path in mutants:
        report, _ = _judged(sandbox, gradable, path.read_text(), SEEDS[0], around)
        yield _mutant(path, expected[path], report)
    if any(check.linked for check in gradable.checks):
        for name, value in NOTHING_DONE.items():
            report, _ = _judged(sandbox, gradable, _returning(value, exercise), SEEDS[0], around)
            yield _tried("empty", name, [_let_off(report)])


def _shrinking_little(gradable: Gradable) -> Gradable:
    """A proof asks which mistake is named, not how small its example gets; shrinking would be most of its time."""
    limits = gradable.exercise.limits
    limits = replace(limits, shrink_calls=min(limits.shrink_calls, SHRINK_CALLS))
    return replace(gradable, exercise=replace(gradable.exercise, limits=limits))


def _files(exercise: Exercise, folder: str) -> list[Path]:
    return sorted((exercise.folder / folder).glob("*.py"))


def _judged(
    sandbox: Sandbox, gradable: Gradable, source: str, seed: int, around: Surroundings
) -> tuple[GradingReport, Headroom]:
    exercise = gradable.exercise
    job = GradingJob.of_nobody(exercise, source, seed=seed)
    return grade_and_measure(sandbox, gradable, job, around=around)


def _tried(kind: str, name: str, problems: list[list[str]]) -> Tried:
    return Tried(kind, name, tuple(dict.fromkeys(problem for found in problems for problem in found)))


def _problems_of_solution(report: GradingReport, reached: Mapping[str, float]) -> list[str]:
    if report.load_error is not None:
        return [f"does not load: {report.load_error.key}"]
    return [
        f"fails {check.name}: {told(check)}{_call(check)}"
        for check in _in_full(report)
        if check.verdict is Verdict.CARRIED or share(check) < reached.get(check.name, 1.0)
    ]


def _problems_of_starter(report: GradingReport) -> list[str]:
    if report.load_error is not None:
        return [f"does not load: {report.load_error.key}"]
    return [f"earns points at {check.name}" for check in report.checks if check.points]


def _let_off(report: GradingReport) -> list[str]:
    """By a slip whose value is a constant, or by a law that doing nothing obeys as well."""
    return [
        f"is let off at {check.name}, as if it only repeated another mistake: let that check demand more"
        for check in report.checks
        if check.verdict is Verdict.CARRIED
    ]


def _returning(value: str, exercise: Exercise) -> str:
    return "".join(f"def {one.name}(*args, **kwargs):\n    return {value}\n" for one in exercise.functions)


def _mutant(path: Path, expected: tuple[ExpectedFailure, ...], report: GradingReport) -> Tried:
    results = {check.name: check for check in _in_full(report)}
    problems = [problem for failure in expected for problem in failure.problems(results[failure.check])]
    problems += [f"{check.name} stumbles: {check.check_bug}" for check in results.values() if check.check_bug]
    if report.load_error is not None:
        problems.insert(0, f"does not load: {report.load_error.key}")
    failed = tuple(check.name for check in report.checks if check.points < check.max_points)
    return Tried("mutant", path.stem, tuple(problems), bool(failed), failed)


def _in_full(report: GradingReport) -> tuple[CheckResult, ...]:
    """An author may see what hidden checks found."""
    details = {check.name: check for check in report.hidden_details}
    return tuple(details.get(check.name, check) for check in report.checks)


def _call(check: CheckResult) -> str:
    if not check.example:
        return ""
    last = check.example[-1]
    return f" on {last.function}({', '.join(last.arguments)}) = {check.got}, expected {check.expected}"
