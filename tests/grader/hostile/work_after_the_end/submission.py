import atexit
import threading
import time

atexit.register(lambda: print("LATE"))


class Last:
    def __del__(self):
        print("LATE")


keep = Last()


def f():
    threading.Thread(target=lambda: time.sleep(0.01), daemon=True).start()
    return 5
