"""HTTP as a browser speaks it, with as little work as possible: the students share the processors with the site."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

#: A student who waits longer has lost patience; it counts as a failure.
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Request:
    """One request as a student felt it. Status 0: no answer."""

    kind: str
    seconds: float
    status: int
    problem: str = ""
    at: float = 0.0  #: when it was asked, of time.monotonic()

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 400


class NoAnswer(Exception):
    """The site cannot be reached, broke off, or let a student wait too long."""


@dataclass
class Connection:
    """One student's browser: cookies, one connection that is kept, and what was asked over it."""

    host: str
    port: int
    requests: list[Request] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, kind: str) -> Answer:
        return await self._measured("GET", path, None, {}, kind)

    async def post(
        self, path: str, form: list[tuple[str, str]], kind: str, headers: Mapping[str, str] | None = None
    ) -> Answer:
        return await self._measured("POST", path, urlencode(form).encode(), headers or {}, kind)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _measured(
        self, verb: str, path: str, body: bytes | None, headers: Mapping[str, str], kind: str
    ) -> Answer:
        began = time.monotonic()
        try:
            answer = await asyncio.wait_for(self._asked(verb, path, body, headers), PATIENCE_S)
        except (NoAnswer, OSError, TimeoutError, asyncio.IncompleteReadError) as problem:
            self.close()
            self.requests.append(Request(kind, time.monotonic() - began, 0, repr(problem), began))
            raise NoAnswer(repr(problem)) from None
        self.requests.append(Request(kind, time.monotonic() - began, answer.status, at=began))
        return answer

    async def _asked(self, verb: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        head = self._head(verb, path, body, headers)
        if self._streams is not None:
            try:
                return await self._exchange(head, body)
            except (NoAnswer, OSError, asyncio.IncompleteReadError):
                self.close()  # the site has closed what was kept; a browser opens another
        self._streams = await asyncio.open_connection(self.host, self.port, limit=2**22)
        return await self._exchange(head, body)

    def _head(self, verb: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        lines = [f"{verb} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Connection: keep-alive"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()

    async def _exchange(self, head: bytes, body: bytes | None) -> Answer:
        assert self._streams is not None
        reader, writer = self._streams
        writer.write(head + (body or b""))
        await writer.drain()
        raw = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = raw.split("\r\n")
        headers = dict(_header(line) for line in lines if ":" in line)
        self._keep_cookies(lines)
        content = await self._content(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, content.decode(errors="replace"))

    async def _content(self, reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            if found := re.match(r"set-cookie:\s*([^=;\s]+)=([^;]*)", line, re.IGNORECASE):
                self.cookies[found[1]] = found[2]


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()
