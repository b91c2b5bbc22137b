"""The student's process: locks itself down, then answers calls. From READY on nothing it sends is trusted."""

import os
import signal
from collections.abc import Callable
from typing import Any

from . import answering, frames, landlock, lockdown, seccomp, wire

CHANNEL = 3  #: the session's socket, in every student's process
#: Threads and processes that may run as the students' uid besides those that ran when the zygote started: of all
#: sessions together, so that many small threads do not fill the machine's process table.
MORE_TASKS = 512
_READ_AHEAD_BYTES = _MOST_UNSENT_BYTES = 1 << 16


class Channel:
    """Frames on descriptor 3. Requests that have arrived together are answered together: each wait for the judge costs
    two switches between processes."""

    def __init__(self) -> None:
        self.reply_caps = wire.CAPS
        self._request = 0  # the number of the request being answered
        self._to_plain: Callable[[Any], Any] = answering.converter(self)
        self._ahead = memoryview(
            bytearray(_READ_AHEAD_BYTES)
        )  # what came behind the frame that was asked for
        self._start = self._end = 0  # the part of it that is still to be taken
        self._unsent: list[bytearray] = []
        self._unsent_bytes = 0

    def receive(self) -> bytearray:
        _, self._request, length = frames.HEADER.unpack(self._take(frames.HEADER.size))
        return self._take(length)

    def send(self, kind: bytes, value: Any = None) -> None:
        """Before the next wait, at the latest."""
        data = wire.encode(value, self.reply_caps, bytearray(frames.HEADER.size), self._to_plain)
        frames.HEADER.pack_into(data, 0, kind, self._request, len(data) - frames.HEADER.size)
        self._unsent.append(data)
        self._unsent_bytes += len(data)
        if self._unsent_bytes > _MOST_UNSENT_BYTES:
            self.flush()

    def flush(self) -> None:
        answers, self._unsent, self._unsent_bytes = self._unsent, [], 0
        view = memoryview(answers[0] if len(answers) == 1 else b"".join(answers))
        while view:
            view = view[os.write(CHANNEL, view) :]

    def _take(self, length: int) -> bytearray:
        data = bytearray(length)
        at_hand = min(length, self._end - self._start)
        data[:at_hand] = self._ahead[self._start : self._start + at_hand]
        self._start += at_hand
        missing = memoryview(data)[at_hand:]
        while missing:
            self.flush()
            got = os.readv(CHANNEL, [missing, self._ahead])
            if not got:
                os._exit(0)  # the judge closed the session
            self._start, self._end = 0, max(0, got - len(missing))
            missing = missing[got:]
        return data


def run(profile: str, rules: int, zygote: lockdown.Base) -> None:
    lockdown.die_with_parent(signal.SIGKILL)
    lockdown.no_new_privileges()
    if profile == "A":
        lockdown.drop_all_capabilities()
    landlock.enforce(rules)
    os.close(rules)
    channel = Channel()
    limits = wire.decode(channel.receive(), untrusted=False)  # OPEN: here a prepared student waits
    channel.reply_caps = wire.CAPS._replace(max_bytes=limits["reply_bytes"], max_items=limits["reply_items"])
    answering.seed_generators(limits["seed"])
    lockdown.set_rlimits(
        limits["rlimit_cpu_s"],
        zygote.address_space_bytes + limits["memory_bytes"],
        zygote.tasks_of_uid + MORE_TASKS,
        file_bytes=limits["tmp_bytes"],
    )
    seccomp.install(os.getpid())
    channel.send(frames.READY)  # the kernel adds our process id as the judge sees it
    answering.serve(channel)
    channel.flush()
