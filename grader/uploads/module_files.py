"""Module names and the files they stand for: `filters.blur` is filters/blur.py. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ModuleFile:
    file: str  #: "helper.py", "filters/__init__.py"
    source: str


def module_files(modules: Mapping[str, str]) -> dict[str, ModuleFile]:
    """By module name; with an empty file for each package that is only implied by what is in it."""
    packages = {name[:end] for name in modules for end, letter in enumerate(name) if letter == "."}
    complete = {**dict.fromkeys(sorted(packages), ""), **modules}
    return {
        name: ModuleFile(file=file_name(name, is_package=name in packages), source=source)
        for name, source in complete.items()
    }


def file_name(name: str, *, is_package: bool = False) -> str:
    return name.replace(".", "/") + ("/__init__.py" if is_package else ".py")
