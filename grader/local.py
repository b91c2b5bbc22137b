"""Grading on this machine, without a broker: what the command line does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from grader.alone import this_machine
from grader.calibration import Calibration
from grader.exercise import Exercise
from grader.job import GradingJob
from grader.judge import Gradable, grade
from grader.proof import Proof, Tried, prove
from grader.report import GradingReport
from grader.run import Surroundings
from grader.sandbox import Zygote, choose_profile
from grader.uploads.upload import Upload


def grade_here(exercise: Exercise, upload: Upload, *, seed: int = 0) -> GradingReport:
    """SandboxRefused: this machine cannot run student code; the text says what is missing."""
    job = GradingJob.of_nobody(exercise, upload.source, modules=upload.modules, seed=seed)
    gradable = Gradable.load(exercise)
    with ThreadPoolExecutor(
        1
    ) as meanwhile:  # the sandbox is another process: inputs are drawn while it starts
        drawn = meanwhile.submit(gradable.draw_inputs)
        zygote = _sandbox(exercise)
    with zygote:
        drawn.result()
        return grade(zygote, gradable, job, profile=zygote.profile, around=_surroundings(zygote))


def prove_here(exercise: Exercise, print_line: Callable[[str], None]) -> Proof:
    """Prints one line per file as it is judged."""
    gradable = Gradable.load(exercise)
    tried = []
    print_line(
        f"{exercise.slug}  version {exercise.version}, {len(exercise.checks)} checks, {exercise.max_score:g} points"
    )
    with _sandbox(exercise) as zygote:
        for one in prove(zygote, gradable, _surroundings(zygote)):
            tried.append(one)
            for line in _lines(one):
                print_line(line)
    proof = Proof(exercise, tuple(tried))
    print_line(
        f"mutation score {proof.mutation_score:.0%} ({sum(m.killed for m in proof.mutants)} of {len(proof.mutants)} killed)"
    )
    print_line("proved" if proof.holds else "NOT proved")
    return proof


def _lines(one: Tried) -> list[str]:
    state = "ok  " if not one.problems else "BAD "
    noted = f"  fails {', '.join(one.failed_checks)}" if one.kind == "mutant" and not one.problems else ""
    if one.headroom is not None:
        noted = f"  {one.headroom.times:.3g} times faster than {one.headroom.limit} asks"
    return [
        f"{state} {one.kind:8} {one.name}{noted}",
        *(f"       {problem}" for problem in one.problems),
        *(f"       WARNING: {warning}" for warning in one.warnings),
    ]


def _surroundings(zygote: Zygote) -> Surroundings:
    calibration = Calibration()
    calibration.start(zygote)
    return Surroundings(calibration.cpu_scale, this_machine())


def _sandbox(exercise: Exercise) -> Zygote:
    return Zygote(choose_profile(exercise.imports).profile, exercise.imports)
