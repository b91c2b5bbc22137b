"""A request whose sender went away, or was too slow, is no request: half a program must not be handed in."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WholeBody:
    """Around a WSGI application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = WholeInput(environ["wsgi.input"])
        return self._application(environ, start_response)


class WholeInput:
    """Django asks for no more than was announced; less than it asked for therefore means that the rest never came.
    It takes an OSError for just that."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        if len(data) < size:
            raise OSError("the request ended before its announced length")
        return data

    def readline(self, size: int) -> bytes:
        line: bytes = self._stream.readline(size)
        if len(line) < size and not line.endswith(b"\n"):
            raise OSError("the request ended before its announced length")
        return line
