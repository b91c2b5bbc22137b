import ctypes
import mmap
import os

HUGE_PAGES = 0x40000
libc = ctypes.CDLL(None, use_errno=True)


def f():
    found = []
    try:
        os.memfd_create("x")
        found.append("memfd")
    except OSError:
        pass
    for name, arguments in (("shmget", (0, 1 << 20, 0o1600)), ("mlock", (libc.malloc(4096), 4096)), ("msgget", (0, 0o1600)), ("semget", (0, 1, 0o1600))):
        if getattr(libc, name)(*arguments) >= 0:
            found.append(name)
    try:
        mmap.mmap(-1, 2 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | HUGE_PAGES)
        found.append("huge pages")
    except OSError:
        pass
    return found
