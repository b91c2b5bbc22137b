import numpy as np

seen = []
np.mean = lambda *args, **kwargs: 42.0


def f():
    seen.append(1)
    return [len(seen), float(np.mean([1.0]))]
