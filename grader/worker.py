"""One grading process: exercises loaded, inputs drawn, a warm sandbox per set of imports; job in, report out.

Knows no broker: `grader.tasks` hands in the message and two ways to send.
"""

import logging
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from grader.alone import Machine, this_machine
from grader.calibration import Calibration
from grader.draw_job import DrawJob, DrawReport
from grader.draw_session import IMPORTS as DRAW_IMPORTS
from grader.draw_worker import draw_report
from grader.drawing_ahead import DrawingAhead
from grader.errors import BadExercise
from grader.exercise import EXERCISES_FOLDER, find_exercises, read_exercise
from grader.job import GradingJob
from grader.judge import Gradable, Watcher, failed_report, grade
from grader.report import CheckResult, GradingReport, ProgressNote
from grader.run import Sandbox, Surroundings
from grader.sandbox import Profile, SandboxRefused, SystemFailure, Zygote, choose_profile

logger = logging.getLogger(__name__)

NoteSender = Callable[[ProgressNote], None]
SandboxMaker = Callable[[Profile, tuple[str, ...]], Sandbox]
CALIBRATED_WITH = ("numpy",)
NOTE_INTERVAL_S = 0.2  #: most submissions are judged before a second note would be due


class GradingWorker:
    """Used by one thread. SandboxRefused from `prepare` or `start`: this machine may not serve."""

    def __init__(
        self,
        exercises_folder: Path = EXERCISES_FOLDER,
        *,
        profile: Profile | None = None,
        make_sandbox: SandboxMaker = Zygote,
        calibration: Calibration | None = None,
        draws_ahead: bool = True,
    ) -> None:
        self._folder = exercises_folder
        self._draws_ahead = draws_ahead
        self._profile = profile
        self._make_sandbox = make_sandbox
        self._calibration = calibration or Calibration()
        self._machine: Machine | None = None
        self._gradables: dict[str, Gradable] = {}
        self._sandboxes: dict[tuple[str, ...], Sandbox] = {}
        self._ahead: DrawingAhead | None = None

    @property
    def profile(self) -> Profile:
        if self._profile is None:
            self._profile = choose_profile().profile
        return self._profile

    def prepare(self) -> None:
        """Before processes are forked: choose a profile, load every exercise."""
        logger.info("Student code runs in sandbox profile %s.", self.profile)
        for folder in find_exercises(self._folder):
            try:
                gradable = Gradable.load(read_exercise(folder))
            except BadExercise as error:  # the others can be graded
                logger.error("An exercise cannot be graded; its author's turn. %s", error)
            else:
                self._gradables[gradable.exercise.slug] = gradable
                logger.info("Exercise %s, version %s.", gradable.exercise.slug, gradable.exercise.version)

    def start(self) -> None:
        """In the process that will judge: start the sandbox that most exercises need, find out how fast it is, and draw
        inputs from then on whenever there is nothing to judge."""
        self._calibration.start(self._sandbox(CALIBRATED_WITH))
        logger.info("Time limits are multiplied by %g here.", self._calibration.cpu_scale)
        if self._draws_ahead:
            self._ahead = DrawingAhead(tuple(self._gradables.values()))

    def rest(self) -> None:
        """Between two jobs."""
        self._calibration.refresh(self._sandbox(CALIBRATED_WITH))

    @property
    def surroundings(self) -> Surroundings:
        if self._machine is None:
            self._machine = this_machine()
        return Surroundings(self._calibration.cpu_scale, self._machine)

    def close(self) -> None:
        if self._ahead is not None:
            self._ahead.stop()
            self._ahead = None
        for sandbox in self._sandboxes.values():
            if isinstance(sandbox, Zygote):
                sandbox.close()
        self._sandboxes.clear()

    def handle(self, job: GradingJob, send_note: NoteSender) -> GradingReport:
        """Always a report: whatever is not about the learner's code becomes a system error."""
        with self._ahead.standing_still() if self._ahead is not None else nullcontext():
            return self._handled(job, send_note)

    def draw(self, job: DrawJob) -> DrawReport:
        """Variants of a question; always a report."""
        with self._ahead.standing_still() if self._ahead is not None else nullcontext():
            return draw_report(job, lambda: self._sandbox(DRAW_IMPORTS), profile=str(self.profile))

    def _handled(self, job: GradingJob, send_note: NoteSender) -> GradingReport:
        try:
            gradable = self._gradable(job)
            sandbox = self._sandbox(gradable.exercise.imports)
            return grade(
                sandbox,
                gradable,
                job,
                profile=self.profile,
                watcher=_notes(job, gradable, send_note),
                around=self.surroundings,
            )
        except SystemFailure as failure:
            logger.error("Submission %s: the sandbox failed: %s", job.submission_id, failure)
            return failed_report(job, f"The sandbox failed: {failure}")
        except (BadExercise, SandboxRefused) as error:
            logger.error("Submission %s: %s", job.submission_id, error)
            return failed_report(job, str(error))
        except Exception:  # a mistake of ours; the learner pays nothing for it
            logger.exception("Submission %s could not be judged", job.submission_id)
            return failed_report(job, traceback.format_exc(limit=-5))

    def _gradable(self, job: GradingJob) -> Gradable:
        """BadExercise: not here, or not in this version."""
        gradable = self._gradables.get(job.exercise)
        if gradable is None or gradable.exercise.version != job.exercise_version:
            folder = self._folder / job.exercise
            if folder.parent != self._folder:
                raise BadExercise(job.exercise, "is not the name of an exercise.")
            gradable = Gradable.load(read_exercise(folder))  # changed, or new, since this worker started
            self._gradables[job.exercise] = gradable
        held = gradable.exercise.version
        if held != job.exercise_version:
            raise BadExercise(
                gradable.exercise.folder,
                f"the job asks for version {job.exercise_version}, this worker holds {held}. "
                "Give web and grading workers the same files and load the exercise again.",
            )
        return gradable

    def _sandbox(self, imports: tuple[str, ...]) -> Sandbox:
        if imports not in self._sandboxes:
            self._sandboxes[imports] = self._make_sandbox(self.profile, imports)
        return self._sandboxes[imports]


def _notes(job: GradingJob, gradable: Gradable, send: NoteSender) -> Watcher:
    """Says at once that grading has started, and which check has ended, but not more often than anybody could read."""

    last = time.monotonic()

    def note(**fields: Any) -> None:
        send(ProgressNote(submission_id=job.submission_id, nonce=job.nonce, **fields))

    def watch(result: CheckResult, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= NOTE_INTERVAL_S:
            last = time.monotonic()
            note(kind="check_ended", check=result.name, verdict=str(result.verdict), done=done, total=total)

    note(kind="started", total=len(gradable.checks))
    return watch
