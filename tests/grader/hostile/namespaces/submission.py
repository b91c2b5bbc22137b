import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def f():
    found = []
    for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
        if libc.unshare(flag) == 0:
            found.append(flag)
    if libc.mount(b"tmpfs", b"/", b"tmpfs", 0, None) == 0 or libc.umount2(b"/proc", 2) == 0:
        found.append("mount")
    for attempt in (lambda: os.chroot("/usr"), lambda: os.setuid(0), lambda: os.setgroups([0])):
        try:
            attempt()
            found.append("attempt")
        except OSError:
            pass
    return found
