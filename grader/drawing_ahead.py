"""Draws the inputs of every exercise while a worker has nothing else to do: a learner would wait half a second for each."""

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grader.judge import Gradable

logger = logging.getLogger(__name__)


class DrawingAhead:
    """A thread that stands still, between two checks, while the worker is busy."""

    def __init__(self, gradables: Sequence[Gradable]) -> None:
        self._gradables = gradables
        self._idle, self._stopped = threading.Event(), threading.Event()
        self._idle.set()
        self._thread = threading.Thread(target=self._draw, name="drawing ahead", daemon=True)
        self._thread.start()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Around a job."""
        self._idle.clear()
        try:
            yield
        finally:
            self._idle.set()

    def stop(self) -> None:
        self._stopped.set()
        self._idle.set()
        self._thread.join()

    def wait(self, timeout_s: float) -> bool:
        """Whether all is drawn by then."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _draw(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)  # other processes have people waiting
        for gradable in self._gradables:
            try:
                for _ in gradable.drawing():
                    self._idle.wait()
                    if self._stopped.is_set():
                        return
            except Exception as error:  # the others can be drawn; a submission to this one will say it again
                logger.error(
                    "The inputs of %s cannot be drawn; its author's turn. %s", gradable.exercise.slug, error
                )
