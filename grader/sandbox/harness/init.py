"""The parent of one student's process: ends it when the judge hangs up, reaps it, says how it ended.

Under profile A it is pid 1 of a namespace of its own: its death ends everything in there.
"""

import contextlib
import json
import os
import select
import signal
import socket
from typing import NamedTuple

from . import lockdown, student
from .tmp_sizes import TMP_BYTES, TMP_FILES

_MS_REMOUNT = 32
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 1, 2, 4, 0x4000, 0x40000
_RULES = 4  # the Landlock rules, in a student's process, until they are enforced


class SessionEnds(NamedTuple):
    """Descriptors that the judge hands over for one session."""

    channel: int
    log: int
    life: int  #: closed by the judge: end the session
    group: int = -1  #: the process list of the cgroup to join, when there is one


def run(ends: SessionEnds, profile: str, rules: int, zygote: lockdown.Base) -> None:
    _be_killed_first_when_memory_runs_out()
    if profile == "A":
        _private_folders()
    pid = os.fork()
    if pid == 0:
        if ends.group >= 0:
            os.write(ends.group, b"0")  # before anything of a student's, so that all of it is counted
        _arrange_descriptors(ends, rules)
        student.run(profile, _RULES, zygote)
        os._exit(0)
    for descriptor in {ends.channel, ends.log, rules, ends.group} - {-1}:
        os.close(descriptor)
    life = socket.socket(fileno=ends.life)
    _wait_for_end(pid, life, profile)
    _, status, usage = os.wait4(pid, 0)
    end = {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * 1024,
    }
    with contextlib.suppress(OSError):  # the judge may no longer be interested
        life.send(json.dumps(end).encode())


def _be_killed_first_when_memory_runs_out() -> None:
    lockdown.set_dumpable(True)  # /proc/self is root's otherwise
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass
    lockdown.set_dumpable(False)


def _private_folders() -> None:
    """A /tmp of this session's own, and no /proc. Needs CAP_SYS_ADMIN and a mount namespace of its own."""
    lockdown.check(lockdown.libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None), "mount /")
    no_tricks = _MS_NOSUID | _MS_NODEV
    for target, flags, options in (
        (b"/box/tmp", no_tricks, _sizes(TMP_BYTES, TMP_FILES)),
        (b"/proc", no_tricks | _MS_RDONLY, b"size=0,nr_inodes=1,mode=555"),
    ):
        lockdown.check(
            lockdown.libc.mount(b"tmpfs", target, b"tmpfs", flags, options), f"mount {target.decode()}"
        )
    os.chdir("/box/tmp")


def _arrange_descriptors(ends: SessionEnds, rules: int) -> None:
    """0 null, 1 and 2 the log, 3 the channel, 4 the rules; nothing else is inherited."""
    os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
    os.dup2(ends.log, 1)
    os.dup2(ends.log, 2)
    high_channel, high_rules = os.dup2(ends.channel, 40), os.dup2(rules, 41)
    os.dup2(high_channel, student.CHANNEL)
    os.dup2(high_rules, _RULES)
    os.closerange(_RULES + 1, 1 << 16)


def _wait_for_end(pid: int, life: socket.socket, profile: str) -> None:
    child = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(child, select.POLLIN)
    poll.register(life, select.POLLIN | select.POLLHUP)
    while child not in dict(poll.poll()):
        asked = life.recv(4096)
        if not asked:
            os.kill(pid, signal.SIGKILL)
            return
        if profile == "A":
            _resize(**json.loads(asked))
        life.send(b"resized")


def _resize(tmp_bytes: int, tmp_files: int) -> None:
    """Before the student's code is there."""
    options = _sizes(tmp_bytes, tmp_files)
    flags = _MS_REMOUNT | _MS_NOSUID | _MS_NODEV
    lockdown.check(lockdown.libc.mount(b"tmpfs", b"/box/tmp", b"tmpfs", flags, options), "resize /box/tmp")


def _sizes(byte_count: int, files: int) -> bytes:
    return f"size={byte_count},nr_inodes={files},mode=1777".encode()
