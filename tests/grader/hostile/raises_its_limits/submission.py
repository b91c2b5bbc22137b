import ctypes
import resource


def f():
    found = []
    for name in ("AS", "CPU", "NOFILE", "NPROC", "FSIZE", "CORE"):
        kind = getattr(resource, f"RLIMIT_{name}")
        soft, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (hard, hard))
            found.append(kind)
        except (OSError, ValueError):
            pass
    if ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0:
        found.append("dumpable")
    return found
