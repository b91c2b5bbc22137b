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


class Channel:
    """Frames on descriptor 3."""

    def __init__(self) -> None:
        self.reply_caps = wire.CAPS
        self._request = 0  # the number of the request being answered
        self._to_plain: Callable[[Any], Any] = answering.converter(self)

    def receive(self) -> bytearray:
        _, self._request, length = frames.HEADER.unpack(self._read_exactly(frames.HEADER.size))
        return self._read_exactly(length)

    def send(self, kind: bytes, value: Any = None) -> None:
        data = wire.encode(value, self.reply_caps, bytearray(frames.HEADER.size), self._to_plain)
        frames.HEADER.pack_into(data, 0, kind, self._request, len(data) - frames.HEADER.size)
        view = memoryview(data)
        while view:
            view = view[os.write(CHANNEL, view) :]

    def _read_exactly(self, length: int) -> bytearray:
        data = bytearray(length)
        view = memoryview(data)
        while view:
            got = os.readv(CHANNEL, [view])
            if not got:
                os._exit(0)  # the judge closed the session
            view = view[got:]
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
