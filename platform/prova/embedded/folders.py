"""Where the embedded site keeps its things."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from prova.embedded.refusal import Refusal

# sun_path of a unix socket holds 108 bytes, the last of them zero.
SOCKET_PATH_LIMIT_BYTES = 107
#: A longer log is put aside at the next start; the one before it goes.
LOG_LIMIT_BYTES = 10 * 2**20
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Folders:
    root: Path
    """The checkout: manage.py, constraints.txt, the code."""
    data: Path
    """Everything that must outlive a restart, plus logs and sockets."""

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def prepared(self) -> Path:
        return self.data / "prepared.json"

    @property
    def status(self) -> Path:
        return self.run / "status.json"

    def sockets(self) -> Path:
        """A folder that only we may enter: the servers behind these sockets ask for no password."""
        path = self.run.resolve()
        if len(os.fsencode(path / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES and not set(
            str(path)
        ) & set(",\"'"):
            return path
        name = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
        return private_folder(Path(tempfile.gettempdir()) / f"prova-{os.geteuid()}-{name}")

    def prepare(self) -> None:
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            owner = self.data.stat().st_uid
            if owner != os.geteuid():
                raise Refusal(
                    f"The data folder {self.data} belongs to {_user_name(owner)} and you are {_user_name(os.geteuid())}: "
                    f"run this as {_user_name(owner)}, or name another folder with --data-dir."
                )
            for folder in (self.run, self.valkey, self.logs):
                private_folder(folder)
            self._turn_logs()
        except PermissionError as error:
            raise Refusal(
                f"{_user_name(os.geteuid())} may not write in {error.filename or self.data}: "
                "run this as the owner of that folder, or name another one with --data-dir."
            ) from None
        except (FileExistsError, NotADirectoryError):
            raise Refusal(
                f"{self.data} cannot be the data folder, because a file stands in its place or above it: "
                "name another folder with --data-dir or PROVA_VAR."
            ) from None
        except OSError as error:
            raise Refusal(
                f"The data folder {self.data} cannot be made ({error.strerror}): name another one with --data-dir or "
                "PROVA_VAR."
            ) from None

    def _turn_logs(self) -> None:
        for log in self.logs.glob("*.log"):
            if log.stat().st_size > LOG_LIMIT_BYTES:
                log.replace(log.with_suffix(".log.1"))


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    facts = path.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
        raise Refusal(f"{path} is not a folder of {_user_name(os.geteuid())}: move it away and start again.")
    path.chmod(0o700)
    return path


def _user_name(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
