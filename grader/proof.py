"""Proof of an exercise: correct solutions get all points, the starter none, every mutant fails the checks it names.

The first line of a mutant says which: `# fails: check_a, check_b[slip]`. With a slip, that very mistake must be named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import BadExercise
from grader.exercise import Exercise
from grader.job import GradingJob
from grader.judge import ANYWHERE, Gradable, grade_and_measure
from grader.report import CheckResult, GradingReport, Verdict
from grader.run import Headroom, Sandbox, Surroundings

MIN_SOLUTIONS = 3
MIN_HEADROOM = (
    3.0  #: times that correct code should fit into every limit: learners' machines and styles differ
)
SEEDS = (
    1,
    2,
)  #: hidden inputs must accept every correct solution; mutants are tried with the first seed only
_FAILS = re.compile(r"#\s*fails:\s*(.+)")
_EXPECTED = re.compile(r"(\w+)(?:\[(\w+)\])?")


@dataclass(frozen=True)
class ExpectedFailure:
    check: str
    slip: str | None = None


@dataclass(frozen=True)
class Tried:
    """One file of the exercise under the judge."""

    kind: str  #: "solution", "starter" or "mutant"
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
    expected = {path: expected_failures(path, exercise) for path in mutants}
    for path in solutions:
        judged = [_judged(sandbox, gradable, path.read_text(), seed, around) for seed in SEEDS]
        solution = _tried("solution", path.stem, [_problems_of_solution(report) for report, _ in judged])
        yield replace(solution, headroom=min((room for _, room in judged), key=lambda room: room.times))
    judged = [_judged(sandbox, gradable, exercise.starter, seed, around) for seed in SEEDS]
    yield _tried("starter", "starter", [_problems_of_starter(report) for report, _ in judged])
    for path in mutants:
        report, _ = _judged(sandbox, gradable, path.read_text(), SEEDS[0], around)
        yield _mutant(path, expected[path], report)


def expected_failures(path: Path, exercise: Exercise) -> tuple[ExpectedFailure, ...]:
    """From the first line of a mutant."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    found = _FAILS.match(first)
    parts = [_EXPECTED.fullmatch(part.strip()) for part in found[1].split(",")] if found else [None]
    if not all(parts):
        raise BadExercise(path, "the first line must read `# fails: check, check[slip]`.")
    failures = tuple(ExpectedFailure(part[1], part[2]) for part in parts if part)
    names = {check.name for check in exercise.checks}
    for failure in failures:
        if failure.check not in names:
            raise BadExercise(
                path, f"the first line names {failure.check}, which is not a check of checks.py."
            )
    return failures


def _files(exercise: Exercise, folder: str) -> list[Path]:
    return sorted((exercise.folder / folder).glob("*.py"))


def _judged(
    sandbox: Sandbox, gradable: Gradable, source: str, seed: int, around: Surroundings
) -> tuple[GradingReport, Headroom]:
    exercise = gradable.exercise
    job = GradingJob(
        submission_id=0,
        nonce="",
        exercise=exercise.slug,
        exercise_version=exercise.version,
        source=source,
        seed=seed,
    )
    return grade_and_measure(sandbox, gradable, job, around=around)


def _tried(kind: str, name: str, problems: list[list[str]]) -> Tried:
    return Tried(kind, name, tuple(dict.fromkeys(problem for found in problems for problem in found)))


def _problems_of_solution(report: GradingReport) -> list[str]:
    if report.load_error is not None:
        return [f"does not load: {report.load_error.key}"]
    return [
        f"fails {check.name}: {_told(check)}{_call(check)}"
        for check in _in_full(report)
        if check.verdict is not Verdict.PASSED
    ]


def _problems_of_starter(report: GradingReport) -> list[str]:
    if report.load_error is not None:
        return [f"does not load: {report.load_error.key}"]
    return [f"passes {check.name}" for check in report.checks if check.verdict is Verdict.PASSED]


def _mutant(path: Path, expected: tuple[ExpectedFailure, ...], report: GradingReport) -> Tried:
    results = {check.name: check for check in _in_full(report)}
    problems = [problem for failure in expected for problem in _unmet(failure, results[failure.check])]
    problems += [f"{check.name} stumbles: {check.check_bug}" for check in results.values() if check.check_bug]
    if report.load_error is not None:
        problems.insert(0, f"does not load: {report.load_error.key}")
    failed = tuple(check.name for check in report.checks if check.verdict is not Verdict.PASSED)
    return Tried("mutant", path.stem, tuple(problems), bool(failed), failed)


def _in_full(report: GradingReport) -> tuple[CheckResult, ...]:
    """An author may see what hidden checks found."""
    details = {check.name: check for check in report.hidden_details}
    return tuple(details.get(check.name, check) for check in report.checks)


def _unmet(failure: ExpectedFailure, result: CheckResult) -> list[str]:
    if result.verdict is Verdict.PASSED:
        return [f"passes {failure.check}"]
    if failure.slip is not None and failure.slip != _told(result):
        return [f"{failure.check} should name {failure.slip}, but says {_told(result)}{_call(result)}"]
    return []


def _told(check: CheckResult) -> str:
    return check.slip or (check.message.key if check.message else "")


def _call(check: CheckResult) -> str:
    if not check.example:
        return ""
    last = check.example[-1]
    return f" on {last.function}({', '.join(last.arguments)}) = {check.got}, expected {check.expected}"
