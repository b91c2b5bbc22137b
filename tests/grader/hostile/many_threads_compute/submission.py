import threading

import numpy as np


def f():
    def burn():
        m = np.ones((200, 200))
        while True:
            m @ m

    threads = [threading.Thread(target=burn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
