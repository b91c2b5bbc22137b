"""Generators by name. Each module of this folder registers its own."""

from __future__ import annotations

import importlib
import pkgutil
import random
from collections.abc import Callable
from functools import cache

from questionbank.variant import Variant

Generator = Callable[[random.Random], Variant]
_REGISTERED: dict[str, Generator] = {}


class GeneratorNameTaken(ValueError):
    pass


def generator(name: str) -> Callable[[Generator], Generator]:
    def register(function: Generator) -> Generator:
        known = _REGISTERED.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise GeneratorNameTaken(f"two generators are called {name}: choose another name for one of them")
        _REGISTERED[name] = function
        return function

    return register


@cache
def all_generators() -> dict[str, Generator]:
    """Imports every module of the folder, and with it the reference library: only for publishing and checking."""
    import questionbank.generators as folder

    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")
    return dict(_REGISTERED)
