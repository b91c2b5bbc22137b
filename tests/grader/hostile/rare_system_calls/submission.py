import ctypes
import platform

NUMBERS = {
    "x86_64": {"io_uring_setup": 425, "bpf": 321, "add_key": 248, "keyctl": 250, "perf_event_open": 298, "userfaultfd": 323, "open_by_handle_at": 304, "pidfd_getfd": 438, "landlock_create_ruleset": 444, "seccomp": 317},
    "aarch64": {"io_uring_setup": 425, "bpf": 280, "add_key": 217, "keyctl": 219, "perf_event_open": 241, "userfaultfd": 282, "open_by_handle_at": 265, "pidfd_getfd": 438, "landlock_create_ruleset": 444, "seccomp": 277},
}


def f():
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for name, number in NUMBERS[platform.machine()].items():
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() != 1:
            found.append(name)
    return found
