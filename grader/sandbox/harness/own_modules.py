"""The further files of a submission, importable by name from its main file: from memory, never from a disk."""

import linecache
import sys
import types
from collections.abc import Mapping
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any


class OwnModules(MetaPathFinder, Loader):
    """Asked last, after everything that is installed: a file called numpy.py never takes numpy's place."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        """`files`: file name and source, by dotted module name."""
        self._files = files

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname not in self._files:
            return None
        file, _ = self._files[fullname]
        spec = ModuleSpec(fullname, self, origin=file, is_package=file.endswith("/__init__.py"))
        spec.has_location = True  # the module gets a __file__
        return spec

    def exec_module(self, module: types.ModuleType) -> None:
        file, source = self._files[module.__name__]
        run(source, file, module)


def run(source: str, file: str, module: types.ModuleType) -> None:
    # inspect, torch.jit and numba read the source through linecache
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    exec(compile(source, file, "exec"), module.__dict__)  # noqa: S102  (this is what the sandbox is for)


def install(files: Mapping[str, tuple[str, str]]) -> list[str]:
    """The names of the files, as tracebacks will have them."""
    if files:
        sys.meta_path.append(OwnModules(files))
    return [file for file, _ in files.values()]
