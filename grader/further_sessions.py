"""Sessions beside the one that is tested: the learner's file anew, and the exercise's baseline. They end with the example."""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from grader.errors import BadExercise
from grader.metric import Metric
from grader.run import MAX_PRINTED_CHARS, Run
from grader.sandbox import SessionEnded, StudentError


@dataclass
class FurtherSessions:
    """Opened with the limits and seed of the first one, and counted in the usage of the submission."""

    run: Run
    visible: bool  #: of the check: what is printed about hidden inputs is not shown
    _learners: list[Any] = field(default_factory=list)
    _baselines: list[Any] = field(default_factory=list)

    @property
    def source_bytes(self) -> int:
        return self.run.job.source_bytes

    def measured(self, check: str) -> Metric | None:
        return self.run.measured.get(check)

    def anew(self) -> Any:
        """StudentError, SessionEnded: the file does not load this time."""
        self._learners.append(self.run.fresh_session())
        return self._learners[-1]

    def baseline(self) -> Any:
        """BadExercise: there is none, or it does not load."""
        exercise = self.run.exercise
        path = exercise.folder / "baseline.py"
        if exercise.baseline is None:
            raise BadExercise(path, "not found. A check races against the functions in it.")
        try:
            self._baselines.append(self.run.open(exercise.baseline))
        except (StudentError, SessionEnded) as error:
            raise BadExercise(path, f"does not load in the sandbox: {error}.") from None
        return self._baselines[-1]

    def close_further(self) -> None:
        while self._learners:
            self._end(self._learners.pop(), keep_printed=self.visible)
        while self._baselines:
            self._end(self._baselines.pop(), keep_printed=False)

    def __enter__(self) -> "FurtherSessions":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_further()

    def _end(self, session: Any, *, keep_printed: bool) -> None:
        if keep_printed:
            self.run.printed = (self.run.printed + session.printed())[:MAX_PRINTED_CHARS]
        self.run.finish(session)
