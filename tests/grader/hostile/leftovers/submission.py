import os


def f():
    found = []
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/box/tmp"):
        try:
            found += [folder + "/" + name for name in os.listdir(folder)]
        except OSError:
            pass
    for folder in ("/tmp", "/dev/shm", "/var/tmp"):
        try:
            open(folder + "/leftover-of-a-job", "w").write("x")
        except OSError:
            pass
    return found
