import os

SHARED = ("/dev/null", "/dev/urandom", "/dev/shm", "/var/tmp", "/run/lock", "/usr/lib")


def f():
    changed = []
    for path in SHARED:
        try:
            os.utime(path)
        except OSError:
            continue
        changed.append(path)
    return changed
