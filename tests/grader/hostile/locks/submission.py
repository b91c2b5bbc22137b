import fcntl


def f():
    found = []
    with open("/dev/null", "w") as file:
        for lock in (fcntl.flock, fcntl.lockf):
            try:
                lock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found.append(lock.__name__)
            except OSError:
                pass
    return found
