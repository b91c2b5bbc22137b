import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def f():
    found = []
    for pid in (1, os.getppid()):
        if libc.ptrace(16, pid, 0, 0) >= 0 or libc.ptrace(0x4206, pid, 0, 0) >= 0:
            found.append("ptrace")
        if libc.process_vm_writev(pid, None, 0, None, 0, 0) >= 0:
            found.append("process_vm_writev")
    return found
