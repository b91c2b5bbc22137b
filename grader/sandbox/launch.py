"""How a zygote is started: the command, the environment and the text of the harness, per profile."""

import importlib.resources
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.sandbox import floats, runtime
from grader.sandbox.errors import SandboxRefused
from grader.sandbox.harness import landlock

HARNESS = (
    "frames",
    "wire_format",
    "wire_writer",
    "wire_reader",
    "wire",
    "syscalls",
    "seccomp",
    "landlock",
    "lockdown",
    "own_modules",
    "answering",
    "student",
    "tmp_sizes",
    "warm",
    "init",
    "zygote",
)

#: Run by the sandbox's interpreter: makes the package `harness` from text on standard input.
BOOT = """
import json, sys, types
bundle = json.load(sys.stdin)
sys.path += bundle["path"]
package = types.ModuleType("harness")
package.__path__ = []
sys.modules["harness"] = package
for name, source in bundle["modules"].items():
    module = types.ModuleType("harness." + name)
    module.__package__ = "harness"
    sys.modules[module.__name__] = module
    setattr(package, name, module)
    exec(compile(source, "harness/" + name + ".py", "exec"), module.__dict__)
package.zygote.main(bundle["config"])
"""

_TRIAL = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x28020000) or libc.mount(b"tmpfs", b"/box/tmp", b"tmpfs", 6, b"size=1m"):
    raise SystemExit("namespaces inside bubblewrap: " + os.strerror(ctypes.get_errno()))
"""

_PYTHON_FLAGS = ("-s", "-S", "-B", "-P")
_NEUTRAL_PREFIX, _NEUTRAL_SITE = Path("/runtime/python"), Path("/runtime/site")
#: What only profile A adds to the environment.
IN_NAMESPACES = {"TMPDIR": "/tmp", "LD_LIBRARY_PATH": str(_NEUTRAL_PREFIX / "lib")}
# Made before what goes into them: otherwise bubblewrap makes them as root's own.
_FOLDERS = (
    "/usr",
    "/etc",
    "/runtime",
    "/runtime/python",
    "/runtime/python/bin",
    "/runtime/python/lib",
    "/runtime/site",
)
_SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64")


class Profile(StrEnum):
    """How students' processes are kept apart; recorded with every grade."""

    A = "A"  #: bubblewrap, namespaces, a private /tmp; plus all of B
    B = "B"  #: Landlock, system call filter, limits; works in an ordinary container


@dataclass(frozen=True)
class Command:
    arguments: tuple[str, ...]
    environment: dict[str, str]
    bundle: bytes  #: for standard input
    run_as: tuple[int, int] | None  #: uid and gid of the process; None: the caller's
    hidden_paths: tuple[str, ...]  #: to be cut out of texts for people


def sandbox_ids() -> tuple[int, int]:
    """(uid, gid) of students' processes when the worker is root; otherwise they have the worker's own.

    SandboxRefused: the setting is none.
    """
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    setting = os.environ.get("PROVA_SANDBOX_UID", "4242")
    if not setting.isdecimal() or int(setting) == 0:
        raise SandboxRefused(
            (f"PROVA_SANDBOX_UID must be the number of an ordinary user, not {setting!r}: set it to 4242.",)
        )
    return int(setting), int(setting)


def command(
    profile: Profile, imports: Sequence[str], control: int, interpreter: runtime.Interpreter | None = None
) -> Command:
    """`control`: the descriptor on which the zygote answers. `interpreter`: for profile B, one that its uid can read."""
    needed = ("numpy", *(name for name in imports if name != "numpy"))
    entries = runtime.package_entries(needed)
    if profile is Profile.A:
        return _namespaces(needed, control, interpreter or runtime.this_interpreter(), entries)
    if interpreter is None:
        readable = runtime.readable_by(sandbox_ids() if os.getuid() == 0 else None, entries)
        if readable.interpreter is None:
            raise SandboxRefused(readable.refused)
        interpreter = readable.interpreter
    return _plain(needed, control, interpreter, entries)


def trial(interpreter: runtime.Interpreter) -> Command:
    """Profile A's namespaces and mounts, and inside them those of a session: can they be made here?"""
    return _in_namespaces(interpreter, (), _TRIAL, b"")


def _in_namespaces(
    interpreter: runtime.Interpreter, entries: tuple[Path, ...], program: str, bundle: bytes
) -> Command:
    executable = _NEUTRAL_PREFIX / "bin" / interpreter.executable.name
    libraries = [str(_inside(folder, interpreter)) for folder in interpreter.library_folders]
    return Command(
        arguments=(
            shutil.which("bwrap") or "bwrap",
            *_isolation(os.getuid() == 0),
            *_mounts(interpreter, entries),
            "--chdir", "/", str(executable), *_PYTHON_FLAGS, "-c", program,
        ),
        environment=environment(**IN_NAMESPACES),
        bundle=bundle,
        run_as=None,
        hidden_paths=(str(_NEUTRAL_SITE), *libraries, str(_NEUTRAL_PREFIX)),  # texts are the same in profile B
    )  # fmt: skip


def _namespaces(
    imports: tuple[str, ...], control: int, interpreter: runtime.Interpreter, entries: tuple[Path, ...]
) -> Command:
    rights = [("/runtime", landlock.READ), *_shared_rights(), ("/box", landlock.WRITE)]
    become = sandbox_ids() if os.getuid() == 0 else None
    bundle = _bundle("A", imports, control, [str(_NEUTRAL_SITE)], rights, become=become)
    return _in_namespaces(interpreter, entries, BOOT, bundle)


def _plain(
    imports: tuple[str, ...], control: int, interpreter: runtime.Interpreter, entries: tuple[Path, ...]
) -> Command:
    sites = sorted({str(entry.parent) for entry in entries})
    rights = [(site, landlock.LIST) for site in sites]
    own = (*entries, *interpreter.library_folders, *interpreter.shared_libraries)
    rights += [(str(path), landlock.READ) for path in own]
    known = {entry.name.partition(".")[0] for entry in entries}
    others = sorted({name.partition(".")[0] for site in sites for name in os.listdir(site)} - known)
    return Command(
        arguments=(str(interpreter.executable), *_PYTHON_FLAGS, "-c", BOOT),
        environment=environment(),
        bundle=_bundle("B", imports, control, sites, rights + _shared_rights(), not_installed=others),
        run_as=sandbox_ids() if os.getuid() == 0 else None,
        hidden_paths=(*sites, *map(str, interpreter.library_folders), str(interpreter.prefix)),
    )


def _isolation(as_root: bool) -> list[str]:
    """As root without a user namespace, so that folders only root may enter can be bound; the zygote then becomes an
    ordinary user. Otherwise in a user namespace, where uid 0 is the worker's own ordinary uid."""
    namespaces = ["--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    capabilities = ["CAP_SYS_ADMIN", "CAP_SETPCAP", *(["CAP_SETUID", "CAP_SETGID"] if as_root else [])]
    who = [] if as_root else ["--unshare-user", "--uid", "0", "--gid", "0"]
    kept = [argument for name in capabilities for argument in ("--cap-add", name)]
    return [
        *namespaces,
        *who,
        "--die-with-parent",
        "--new-session",
        "--hostname",
        "sandbox",
        "--cap-drop",
        "ALL",
        *kept,
    ]


def _mounts(interpreter: runtime.Interpreter, entries: tuple[Path, ...]) -> list[str]:
    arguments = [argument for folder in _FOLDERS for argument in ("--dir", folder)]
    for path in _SYSTEM_LIBRARIES:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            arguments += ["--ro-bind", path, path]
    arguments += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    arguments += _bind(interpreter.executable, _NEUTRAL_PREFIX / "bin" / interpreter.executable.name)
    for folder in interpreter.library_folders:
        inside = _inside(folder, interpreter)
        arguments += _bind(folder, inside)
        for extra in (
            "site-packages",
            "dist-packages",
        ):  # what else is installed there is none of the students' business
            if (folder / extra).is_dir():
                arguments += ["--tmpfs", str(inside / extra), "--remount-ro", str(inside / extra)]
    for library in interpreter.shared_libraries:
        arguments += _bind(library, _NEUTRAL_PREFIX / "lib" / library.name)
    for entry in entries:
        arguments += _bind(entry, _NEUTRAL_SITE / entry.name)
    return [
        *arguments,
        "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/dev/shm",
        # Each session mounts its own tmpfs on /box/tmp; a Landlock rule on /box covers it (one on /box/tmp would not).
        "--tmpfs", "/box", "--dir", "/box/tmp", "--remount-ro", "/box", "--symlink", "box/tmp", "/tmp",
        "--remount-ro", "/",
    ]  # fmt: skip


def _inside(library: Path, interpreter: runtime.Interpreter) -> Path:
    return _NEUTRAL_PREFIX / library.relative_to(interpreter.prefix)


def _bind(path: Path, inside: Path) -> list[str]:
    return ["--ro-bind", os.path.realpath(path), str(inside)]


def _shared_rights() -> list[tuple[str, int]]:
    paths = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib64", "/dev/urandom", "/etc/ld.so.cache")
    return [*((path, landlock.READ) for path in paths), ("/dev/null", landlock.WRITE)]


def environment(**more: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "MALLOC_ARENA_MAX": "2",  # thread arenas would eat the address space
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "NUMBA_NUM_THREADS": "1",
        "NUMBA_THREADING_LAYER": "workqueue",  # forking after GNU OpenMP kills the child
        "NUMBA_CACHE_DIR": "/tmp",
        "TORCHINDUCTOR_CACHE_DIR": "/tmp",
        "TORCH_COMPILE_DISABLE": "1",
        "CUDA_VISIBLE_DEVICES": "",
        **floats.same_everywhere(),
        **more,
    }


def _bundle(
    profile: str,
    imports: tuple[str, ...],
    control: int,
    path: list[str],
    rights: list[tuple[str, int]],
    *,
    become: tuple[int, int] | None = None,
    not_installed: Sequence[str] = (),
) -> bytes:
    config = {"profile": profile, "imports": imports, "control": control, "rights": rights}
    config |= {"become": become, "not_installed": list(not_installed)}
    return json.dumps({"modules": harness_text(), "path": path, "config": config}).encode()


def harness_text() -> dict[str, str]:
    folder = importlib.resources.files("grader.sandbox.harness")
    return {name: (folder / f"{name}.py").read_text(encoding="utf-8") for name in HARNESS}
