import os


def f():
    found = []
    for attempt in (
        lambda: os.symlink("/etc/passwd", "link"),
        lambda: os.link("/usr/lib/os-release", "link"),
        lambda: os.mknod("node"),
        lambda: os.mkfifo("fifo"),
        lambda: os.chown("/tmp", 0, 0),
    ):
        try:
            attempt()
            found.append("attempt")
        except OSError:
            pass
    return found
