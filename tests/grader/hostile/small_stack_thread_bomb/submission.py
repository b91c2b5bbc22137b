import threading


def f():
    threading.stack_size(32 << 10)
    forever = threading.Event()
    for started in range(5000):
        try:
            threading.Thread(target=forever.wait, daemon=True).start()
        except RuntimeError:
            return started < 600
    return False
