"""gunicorn's threaded worker, with an end to the time in which a request must have arrived.

gunicorn itself waits for ever for the rest of a header or body, with one of its few threads. A proxy that takes
requests whole does better; `manage.py up` has none in front.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

ARRIVAL_S = 20.0


class Arrivals:
    """The connections that a thread is busy with. Used by many threads; each step is one operation on a dict."""

    def __init__(self, limit_s: float = ARRIVAL_S) -> None:
        self._limit_s = limit_s
        self._since: dict[socket.socket, float] = {}

    @contextmanager
    def watched(self, connection: socket.socket) -> Iterator[None]:
        self._since[connection] = time.monotonic()
        try:
            yield
        finally:
            self._since.pop(connection, None)

    def end_late_ones(self, now: float) -> int:
        """Nothing more is read from them: the thread sees the end of the request. An answer can still be written."""
        late = [each for each, since in list(self._since.items()) if now - since > self._limit_s]
        for connection in late:
            self._since.pop(connection, None)
            with suppress(OSError):  # it has ended by itself
                connection.shutdown(socket.SHUT_RD)
        return len(late)


class WebWorker(ThreadWorker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arrivals = Arrivals()

    def handle(self, conn: Any) -> Any:
        with self._arrivals.watched(conn.sock):
            return super().handle(conn)

    def murder_pending(self) -> None:
        """Called by the main loop at least once a second."""
        super().murder_pending()
        self._arrivals.end_late_ones(time.monotonic())
