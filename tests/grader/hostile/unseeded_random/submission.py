import random

import numpy as np


def f():
    return [random.random(), float(np.random.rand())]
