import sys

import helper
import numpy as np
import os


def f():
    loaded = [name for name in ("conftest", "sitecustomize") if name in sys.modules]
    return [float(np.sum([1.0, 2.0, 3.0])), hasattr(os, "stat"), helper.name, loaded]
