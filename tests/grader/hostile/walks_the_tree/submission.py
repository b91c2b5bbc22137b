import os


def f():
    found = []
    for folder in ("/", "/etc", "/home", "/root", "/work", "/var", "/opt", "/mnt", "/media", "/run", "/srv", "/boot", "/usr/local", "/usr/share", "/usr/bin"):
        try:
            found += [name for name in os.listdir(folder) if folder != "/"]
        except OSError:
            pass
    return found
