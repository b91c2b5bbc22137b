import os


def f():
    found = []
    for who in ("1", "self", "thread-self", str(os.getpid()), str(os.getppid())):
        for what in ("environ", "mem", "maps", "cmdline", "fd/3", "root/etc/passwd", "cwd/x"):
            try:
                open(f"/proc/{who}/{what}", "rb").read(1)
                found.append(f"{who}/{what}")
            except OSError:
                pass
    return found
