import ctypes
import resource


def f():
    found = []
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        soft, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (hard, hard))
            found.append(kind)
        except (OSError, ValueError):
            pass
    if ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0:
        found.append("dumpable")
    return found
