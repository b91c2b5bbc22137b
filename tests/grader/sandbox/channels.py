# ruff: noqa: SIM115  (what is opened stays open on purpose)
"""Ways in which two processes could speak to each other. Not imported by tests: its text runs in two places at once.

Each channel is `arm()` in the receiver, `send(peer)` in the sender, `got()` in the receiver. Refusals are no message.
"""

import ctypes
import fcntl
import mmap
import os
import pydoc_data
import resource
import signal
import socket
import struct
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
SHARED = os.__file__  # one file that both can read
RARE = os.path.join(os.path.dirname(pydoc_data.__file__), "topics.py")  # one that nobody else has mapped
NAME = "prova-channel"
KEY = 0x50525641
MACHINE = os.uname().machine
NUMBERS = {
    "x86_64": {"futex": 202, "add_key": 248, "request_key": 249, "inotify_init1": 294, "inotify_add_watch": 254,
               "mq_open": 240, "fadvise64": 221, "mq_unlink": 241, "keyctl": 250, "tkill": 200, "tgkill": 234},
    "aarch64": {"futex": 98, "add_key": 217, "request_key": 218, "inotify_init1": 26, "inotify_add_watch": 27,
                "mq_open": 180, "fadvise64": 223, "mq_unlink": 181, "keyctl": 219, "tkill": 130, "tgkill": 131},
}  # fmt: skip
kept: dict = {}


def call(name, *arguments):
    """OSError where the kernel says no."""
    plain = [argument if isinstance(argument, bytes) else ctypes.c_long(argument) for argument in arguments]
    result = libc.syscall(NUMBERS[MACHINE][name], *plain)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


class Nothing:
    def arm(self):
        pass

    def send(self, peer):
        pass

    def got(self):
        return False


class File(Nothing):
    places = ("/tmp", ".", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", "/box", "/dev")

    def send(self, peer):
        for place in self.places:
            try:
                open(f"{place}/{NAME}", "w").close()
            except OSError:
                continue

    def got(self):
        found = [f"{place}/{NAME}" for place in self.places if os.path.exists(f"{place}/{NAME}")]
        for path in found:
            os.unlink(path)
        return bool(found)


class WholeFileLock(Nothing):
    def lock(self, file):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def send(self, peer):
        kept["locked"] = open(SHARED)
        self.lock(kept["locked"])

    def got(self):
        with open(SHARED) as file:
            try:
                self.lock(file)
            except BlockingIOError:
                return True
        return False


class RangeLock(WholeFileLock):
    def lock(self, file):
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def send(self, peer):
        kept["device"] = open("/dev/null", "w")
        fcntl.lockf(kept["device"], fcntl.LOCK_EX | fcntl.LOCK_NB)

    def got(self):
        with open("/dev/null", "w") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


class AbstractSocket(Nothing):
    def arm(self):
        kept["server"] = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        kept["server"].bind("\0" + NAME)
        kept["server"].listen()
        kept["server"].setblocking(False)

    def send(self, peer):
        kept["client"] = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        kept["client"].connect("\0" + NAME)

    def got(self):
        return "server" in kept and bool(kept["server"].accept())


class Loopback(AbstractSocket):
    def arm(self):
        kept["server"] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        kept["server"].bind(("127.0.0.1", 40961))
        kept["server"].setblocking(False)

    def send(self, peer):
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"1", ("127.0.0.1", 40961))

    def got(self):
        return "server" in kept and bool(kept["server"].recv(1))


class SharedMemory(Nothing):
    create, remove = "shmget", "shmctl"

    def get(self, flags):
        return libc.shmget(KEY, 4096, flags)

    def send(self, peer):
        self.get(0o1666)

    def got(self):
        found = self.get(0)
        if found >= 0:
            libc.shmctl(found, 0, None)
        return found >= 0


class MessageQueue(SharedMemory):
    def get(self, flags):
        return libc.msgget(KEY, flags)

    def got(self):
        found = self.get(0)
        if found >= 0:
            libc.msgctl(found, 0, None)
        return found >= 0


class Semaphore(SharedMemory):
    def get(self, flags):
        return libc.semget(KEY, 1, flags)

    def got(self):
        found = self.get(0)
        if found >= 0:
            libc.semctl(found, 0, 0)
        return found >= 0


class PosixQueue(Nothing):
    def send(self, peer):
        call("mq_open", NAME.encode() + b"\0", os.O_CREAT | os.O_RDWR, 0o666, 0)

    def got(self):
        os.close(call("mq_open", NAME.encode() + b"\0", os.O_RDONLY, 0, 0))
        call("mq_unlink", NAME.encode() + b"\0")
        return True


class Keyring(Nothing):
    user_keyring, unlink = -4, 9

    def send(self, peer):
        call("add_key", b"user\0", NAME.encode() + b"\0", b"1", 1, self.user_keyring)

    def got(self):
        key = call("request_key", b"user\0", NAME.encode() + b"\0", 0, self.user_keyring)
        call("keyctl", self.unlink, key, self.user_keyring)
        return True


class Futex(Nothing):
    """On a page of a file that both map: the kernel knows such a word by file and offset, whoever maps it."""

    wait, wake = 0, 1

    def word(self):
        size = os.path.getsize(SHARED)
        descriptor = os.open(SHARED, os.O_RDONLY)
        libc.mmap.restype = ctypes.c_void_p
        at = libc.mmap(
            None, ctypes.c_size_t(size), mmap.PROT_READ, mmap.MAP_SHARED, descriptor, ctypes.c_long(0)
        )
        return at, struct.unpack("<i", ctypes.string_at(at, 4))[0]

    def arm(self):
        at, value = self.word()

        def waiting():
            woken = libc.syscall(
                NUMBERS[MACHINE]["futex"], ctypes.c_void_p(at), self.wait, value, None, None, ctypes.c_int(-1)
            )
            kept["woken"] = woken == 0

        kept["woken"] = False
        threading.Thread(target=waiting, daemon=True).start()
        time.sleep(0.05)

    def send(self, peer):
        at, _ = self.word()
        kept["number"] = libc.syscall(
            NUMBERS[MACHINE]["futex"], ctypes.c_void_p(at), self.wake, 9, None, None, ctypes.c_int(-1)
        )

    def got(self):
        time.sleep(0.05)
        return bool(kept["woken"])


class Signal(Nothing):
    def arm(self):
        kept["signalled"] = False
        signal.signal(signal.SIGUSR1, lambda number, frame: kept.update(signalled=True))

    def send(self, peer):
        for ways in (
            lambda: os.kill(peer, signal.SIGUSR1),
            lambda: call("tkill", peer, signal.SIGUSR1),
            lambda: call("tgkill", peer, peer, signal.SIGUSR1),
            lambda: signal.pidfd_send_signal(os.pidfd_open(peer), signal.SIGUSR1),
            lambda: self.by_input(peer),
        ):
            try:
                ways()
            except OSError:
                continue

    def by_input(self, peer):
        readable, writable = os.pipe()
        fcntl.fcntl(readable, fcntl.F_SETOWN, peer)
        fcntl.fcntl(readable, 10, signal.SIGUSR1)  # F_SETSIG
        fcntl.fcntl(readable, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writable, b"1")

    def got(self):
        return bool(kept["signalled"])


class Watch(Nothing):
    opened_or_read = 0x21

    def arm(self):
        kept["watch"] = call("inotify_init1", os.O_NONBLOCK)
        call("inotify_add_watch", kept["watch"], SHARED.encode() + b"\0", self.opened_or_read)

    def send(self, peer):
        with open(SHARED, "rb") as file:
            file.read(100)

    def got(self):
        return "watch" in kept and bool(os.read(kept["watch"], 4096))


class PageCache(Nothing):
    """Dropped by one, noticed by the other: reading it back is a major fault."""

    do_not_need, random = 4, 1

    def faults(self):
        with open(RARE, "rb") as file:
            view = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            view.madvise(mmap.MADV_RANDOM)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_majflt
            sum(view[at] for at in range(0, len(view), 4096))
            count = resource.getrusage(resource.RUSAGE_SELF).ru_majflt - before
            view.close()  # what somebody maps is not dropped
            return count

    def arm(self):
        self.faults()

    def send(self, peer):
        with open(RARE, "rb") as file:
            call("fadvise64", file.fileno(), 0, 0, self.do_not_need)

    def got(self):
        return self.faults() > 0


class PageOut(PageCache):
    """The same by advice about a mapping, which the owner of the file may give."""

    page_out = 21

    def send(self, peer):
        with open(RARE, "rb") as file:
            view = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            view.madvise(self.page_out)


class FileTimes(Nothing):
    """That a file was read, as its times tell; for a day where the mount says relatime."""

    def files(self):
        folder = os.path.dirname(os.__file__)
        names = sorted(os.listdir(folder))[:200]
        files = (os.path.join(folder, name) for name in names)
        return [
            "/dev/null",
            "/dev/urandom",
            "/dev",
            folder,
            *filter(os.path.exists, files),
        ]  # links may lead nowhere

    def times(self):
        found = [os.stat(file) for file in self.files()]
        return [(one.st_atime_ns, one.st_mtime_ns, one.st_ctime_ns) for one in found]

    def arm(self):
        kept["times"] = self.times()

    def send(self, peer):
        os.listdir(os.path.dirname(os.__file__))
        for file in self.files():
            if os.path.isfile(file) or file == "/dev/urandom":
                with open(file, "rb") as readable:
                    readable.read(1)
        with open("/dev/null", "wb", buffering=0) as device:
            device.write(b"1")

    def got(self):
        return kept["times"] != self.times()


CHANNELS = {kind.__name__: kind() for kind in (
    File, WholeFileLock, RangeLock, AbstractSocket, Loopback, SharedMemory, MessageQueue, Semaphore, PosixQueue, Keyring,
    Futex, Signal, Watch, PageCache, PageOut, FileTimes,
)}  # fmt: skip


def refused_is_silent(step):
    try:
        return step()
    except (OSError, ValueError):  # ValueError: what `resource` makes of a refusal
        return False


def arm(name):
    kept.clear()
    refused_is_silent(CHANNELS[name].arm)


def send(name, peer):
    if peer != os.getpid():  # in namespaces of their own, both may have the same number
        refused_is_silent(lambda: CHANNELS[name].send(peer))


def got(name):
    return bool(refused_is_silent(CHANNELS[name].got))


def own_number():
    return os.getpid()


def affinity(peer):
    if libc.sched_getaffinity(peer, 128, ctypes.create_string_buffer(128)):
        raise OSError(ctypes.get_errno(), "sched_getaffinity")


def seen_of(peer):
    """How the process with that number can be noticed, or its state be read."""
    if peer == os.getpid():
        return []
    ways = {
        "kill": lambda: os.kill(peer, 0),
        "pidfd": lambda: os.pidfd_open(peer),
        "scheduler": lambda: os.sched_getscheduler(peer),
        "scheduling parameters": lambda: os.sched_getparam(peer),
        "affinity": lambda: affinity(peer),
        "priority": lambda: os.getpriority(os.PRIO_PROCESS, peer),
        "limits": lambda: resource.prlimit(peer, resource.RLIMIT_AS),
        "cpu clock": lambda: time.clock_gettime((~peer << 3) | 2),
        "thread's cpu clock": lambda: time.clock_gettime((~peer << 3) | 6),
        "process group": lambda: os.getpgid(peer),
        "session": lambda: os.getsid(peer),
        "memory": lambda: open(f"/proc/{peer}/mem", "rb"),
        "status": lambda: open(f"/proc/{peer}/status").read(),
        "folder": lambda: os.stat(f"/proc/{peer}"),
    }
    seen = []
    for name, way in ways.items():
        try:
            way()
        except (OSError, ValueError):
            continue
        seen.append(name)
    return seen
