"""What a sandbox is made of: an interpreter and the packages of an exercise's imports, wherever they lie."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ASK_WAIT_S = 20.0


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    executable: Path  #: without symbolic links
    prefix: Path
    library_folders: tuple[Path, ...]  #: the standard library, below `prefix`
    shared_libraries: tuple[Path, ...]  #: that lie in the interpreter's own lib folder


def this_interpreter() -> Interpreter:
    prefix = Path(sys.base_prefix)
    executable = Path(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    folders = {Path(sysconfig.get_path(name, vars=base)) for name in ("stdlib", "platstdlib")}
    return Interpreter(
        executable=executable,
        prefix=prefix,
        library_folders=tuple(sorted(folder for folder in folders if folder.is_dir())),
        shared_libraries=_shared_libraries(prefix),
    )


def _shared_libraries(prefix: Path) -> tuple[Path, ...]:
    return () if prefix == Path("/usr") else tuple(sorted((prefix / "lib").glob("lib*.so*")))


def package_entries(imports: tuple[str, ...]) -> tuple[Path, ...]:
    """Files and folders of site-packages that the imports need: those of their distributions and of what these
    require. ModuleNotFoundError: one of the imports is not installed."""
    entries: dict[str, Path] = {}
    by_import = importlib.metadata.packages_distributions()
    pending = [name for module in imports for name in by_import.get(module, [])]
    for module in imports:
        if module not in by_import and module not in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"the package {module} is not installed here", name=module)
    seen: set[str] = set()
    while pending:
        name = _normalised(pending.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:  # for another system, or another Python
            continue
        pending += _required(distribution)
        for entry in _top_level(distribution):
            entries.setdefault(entry.name, entry)
    return tuple(entries[name] for name in sorted(entries))


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(distribution: importlib.metadata.Distribution) -> list[str]:
    requirements = [line for line in distribution.requires or [] if "extra ==" not in line]
    return [match[0] for line in requirements if (match := re.match(r"[A-Za-z0-9._-]+", line))]


def _top_level(distribution: importlib.metadata.Distribution) -> list[Path]:
    names = {file.parts[0] for file in distribution.files or () if len(file.parts) > 0}
    found = [Path(str(distribution.locate_file(name))) for name in sorted(names - {"..", "__pycache__"})]
    return [path for path in found if path.exists()]


@dataclass(frozen=True)
class Readable:
    """What an ordinary uid can use of this machine's Pythons, for a sandbox that cannot bind folders elsewhere."""

    interpreter: Interpreter | None
    refused: tuple[str, ...]  #: one sentence per thing that is in the way, with its remedy


_PROBE = """
import json, os, sys, sysconfig
def blocked(path):
    try:
        return not (os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
    except OSError:
        return True
print(json.dumps({
    "version": list(sys.version_info[:2]), "executable": os.path.realpath(sys.executable), "prefix": sys.base_prefix,
    "folders": sorted({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}),
    "blocked": [path for path in json.load(sys.stdin) if blocked(path)],
}))
"""


def readable_by(
    ids: tuple[int, int] | None, entries: tuple[Path, ...], candidates: tuple[Path, ...] | None = None
) -> Readable:
    """Tried for real, as that (uid, gid); None: as this process's own."""
    version = _version()
    tried: list[str] = []
    for executable in candidates or _candidates():
        facts = _ask(executable, ids, entries)
        if facts is None or facts["version"] != list(sys.version_info[:2]):
            tried.append(str(executable))
            continue
        if facts["blocked"]:
            return Readable(None, (_blocked_sentence(facts["blocked"][0], ids),))
        return Readable(_interpreter(facts), ())
    who = f"uid {ids[0]}" if ids else "this user"
    return Readable(
        None,
        (
            f"No Python {version} that {who} can read (tried {', '.join(tried)}): "
            f"install the system's own, `apt install python{version}`, or a Python outside the home folder.",
        ),
    )


def _version() -> str:
    return "{}.{}".format(*sys.version_info[:2])


def _candidates() -> tuple[Path, ...]:
    """Of the same version, because the packages are built for it."""
    system = (Path(f"{folder}/python{_version()}") for folder in ("/usr/bin", "/usr/local/bin"))
    return (this_interpreter().executable, *system)


def _blocked_sentence(path: str, ids: tuple[int, int] | None) -> str:
    who = f"uid {ids[0]}" if ids else "this user"
    return (
        f"{who} cannot read the package at {path}: move the installation out of the private home folder, "
        f"for example to /srv or /opt, or make that folder readable to others."
    )


def _interpreter(facts: dict[str, Any]) -> Interpreter:
    prefix = Path(facts["prefix"])
    return Interpreter(
        executable=Path(facts["executable"]),
        prefix=prefix,
        library_folders=tuple(Path(folder) for folder in facts["folders"]),
        shared_libraries=_shared_libraries(prefix),
    )


def _ask(executable: Path, ids: tuple[int, int] | None, entries: tuple[Path, ...]) -> dict[str, Any] | None:
    """None: it cannot be run by them."""
    uid, gid = ids or (None, None)
    try:
        answer = subprocess.run(
            [executable, "-s", "-S", "-B", "-P", "-c", _PROBE],
            input=json.dumps([str(entry) for entry in entries]).encode(),
            capture_output=True,
            env={},
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            timeout=_ASK_WAIT_S,
            check=True,
        )
        facts: dict[str, Any] = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return facts
