"""Another worker in the middle of publishing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from prova.assignments.actions.publish import Send, publish_waiting

from grader.job import GradingJob


@contextmanager
def publishing_slowly(send: Send) -> Iterator[None]:
    """Within the block a thread of its own has the lock and is about to send its first job; afterwards it goes on."""
    inside, go_on = threading.Event(), threading.Event()

    def slow_send(job: GradingJob) -> None:
        inside.set()
        assert go_on.wait(10)
        send(job)

    def publish() -> None:
        try:
            publish_waiting(slow_send)
        finally:
            connection.close()

    worker = threading.Thread(target=publish)
    worker.start()
    try:
        assert inside.wait(10)
        yield
    finally:
        go_on.set()
        worker.join()
