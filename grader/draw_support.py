"""What an author's generator finds inside the sandbox: the random numbers it draws with, and the module `reference`."""

from grader.draw_reference import NAMES

#: Sent as text. What it gives away is in the documentation; replacing it spoils only the author's own variants.
SUPPORT = f"""
import random
import sys
import types

_ask = None


def draw_source(seed, ask):
    global _ask
    _ask = ask
    return random.Random(seed)


def _function(name):
    def function(*args, **kwargs):
        if _ask is None:
            raise ValueError("the reference library can be asked inside generate(), not while the file is loaded")
        plain = [list(each) if isinstance(each, (tuple, range)) else each for each in args]
        return _ask(name, plain, kwargs)

    function.__name__ = name
    return function


_reference = types.ModuleType("reference")
for _name in {NAMES!r}:
    setattr(_reference, _name, _function(_name))
sys.modules["reference"] = _reference
"""
