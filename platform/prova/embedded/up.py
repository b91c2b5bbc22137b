"""`manage.py up`: the whole site on one machine, in the order in which its parts need each other."""

import argparse
import http.client
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prova.embedded import postgres, preflight, prepared, services, valkey
from prova.embedded.child import last_lines
from prova.embedded.environment import LOOPBACK, allowed_hosts, given, reachable_address
from prova.embedded.folders import Folders
from prova.embedded.guard import guarded
from prova.embedded.journal import Journal
from prova.embedded.listener import listening
from prova.embedded.lock import DataLock, Holder, Taken
from prova.embedded.refusal import REFUSED, Refusal
from prova.embedded.secret_key import secret_key
from prova.embedded.status import Status
from prova.embedded.supervisor import StopAsked, Supervisor, Task

#: Lines with which load_demo names the people it made: `login: USER PASSWORD ROLE`.
LOGIN_PREFIX = "login:"
OPEN_TO_OTHERS = (
    "Other machines can reach this server, which is meant for one room: on an open network, put a proxy in front of it"
    " that takes requests whole and ends TLS, as docker-compose.yml does"
)


@dataclass(frozen=True)
class Choices:
    """What the operator wrote behind `up`."""

    host: str
    port: int
    data: Path

    @property
    def url(self) -> str:
        return f"http://{reachable_address(self.host)}:{self.port}"

    @property
    def warning(self) -> str:
        """Empty: only this machine can ask for a page."""
        return "" if self.host in LOOPBACK else OPEN_TO_OTHERS


def read_choices(root: Path, arguments: list[str]) -> Choices:
    parser = argparse.ArgumentParser(
        prog="manage.py up", description="Start the whole site; Ctrl-C stops it."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free port (default: 8000)")
    parser.add_argument(
        "--data-dir", type=Path, default=data_folder(root), help="database, logs, sockets (default: var/)"
    )
    chosen = parser.parse_args(arguments)
    return Choices(chosen.host, chosen.port, chosen.data_dir.absolute())


def data_folder(root: Path) -> Path:
    return Path(os.environ.get("PROVA_VAR") or root / "var").absolute()


def check_before_install(choices: Choices) -> None:
    """The quick refusals, before minutes are spent on an installation."""
    folders = Folders(Path(), choices.data)
    try:
        _lock(folders, choices).check()
    except Taken as taken:
        raise _already_used(taken, choices) from None
    preflight.check_port(choices.host, choices.port)


def up(root: Path, choices: Choices) -> int:
    folders = Folders(root, choices.data)
    folders.prepare()
    try:
        with _lock(folders, choices) as lock:
            port = preflight.check_port(choices.host, choices.port)
            preflight.check_disk(folders.data)
            chosen = Choices(choices.host, port, choices.data)
            lock.describe(_holder(chosen))
            return guarded(lambda: _supervise(folders, chosen))
    except Taken as taken:
        raise _already_used(taken, choices) from None


def _supervise(folders: Folders, choices: Choices) -> int:
    site = _Site(folders, choices)
    try:
        site.start()
        site.supervisor.watch()
    except StopAsked:
        site.journal.say("stopping")
    except Refusal as refusal:
        site.journal.note(str(refusal))
        print(refusal, file=sys.stderr)
        return 1
    finally:
        site.stop()
    return 0


class _Site:
    def __init__(self, folders: Folders, choices: Choices) -> None:
        self.folders, self.choices = folders, choices
        self.journal = Journal(folders.logs / "supervisor.log")
        self.environment = dict(os.environ)
        if not given("SECRET_KEY", os.environ):
            self.environment["SECRET_KEY"] = secret_key(folders.data / "secret_key")
        self.environment["ALLOWED_HOSTS"] = allowed_hosts(choices.host, os.environ.get("ALLOWED_HOSTS", ""))
        self.environment |= {"PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "prova.settings"}
        self.servers_ready = self.ready = False
        folders.status.unlink(missing_ok=True)  # of a site that was killed
        self.supervisor = Supervisor(self.journal, self._write_status)

    def start(self) -> None:
        """Returns when the first page can be asked for."""
        doctor = self._begin("doctor", "-m", "grader", "doctor")
        catalogues = self._begin(
            "catalogues", "-m", "prova.embedded.catalogues", "platform/prova", "questionbank"
        )
        self._start_servers()
        self.servers_ready = True
        self._finish(catalogues, "compiling the message catalogues")
        content = prepared.fingerprint(self.folders.root, self.database)
        logins = prepared.recall(self.folders.prepared, content)
        preparation = self._begin(
            "prepare", "-m", "prova.prepare", "--demo" if logins is None else "--no-content"
        )
        self._wait_for_sandbox(doctor)
        self.supervisor.start(services.grading_worker(self.folders, self.environment))
        self._finish(preparation, "preparing the database")
        if logins is None:
            logins = [line for line in preparation.output().splitlines() if line.startswith(LOGIN_PREFIX)]
            prepared.remember(self.folders.prepared, content, logins)
        self.listener = listening(self.choices.host, self.choices.port)
        self.supervisor.start(services.web(self.folders, self.environment, self.listener.fileno()))
        self.supervisor.start(services.web_worker(self.folders, self.environment))
        self.supervisor.start(services.sweeper(self.folders, self.environment))
        self.supervisor.wait_until(self._answers, "The web server", timeout_s=60)
        self.ready = True
        self._write_status(self.supervisor)
        self._announce(logins)

    def stop(self) -> None:
        self.supervisor.stop()
        self.folders.status.unlink(missing_ok=True)
        self.journal.say("stopped")

    def _start_servers(self) -> None:
        if url := given("DATABASE_URL", self.environment):
            self.environment["DATABASE_URL"] = self.database = url
            self.journal.say("database: the one DATABASE_URL names")
        else:
            self._start_postgres()
        if url := given("BROKER_URL", self.environment):
            preflight.check_broker(url)
            self.environment["BROKER_URL"] = url
            self.journal.say("broker: the one BROKER_URL names")
        else:
            self._start_valkey()

    def _start_postgres(self) -> None:
        server = postgres.embedded(self.folders)
        self.database = "of the data folder"  # wherever that folder is moved or copied to
        if not server.data.exists():
            self.journal.say(f"making the database in {server.data}")
            self.folders.prepared.unlink(missing_ok=True)
        server.initialise()
        self.environment["DATABASE_URL"] = server.url()
        self.supervisor.start(server.service(_for_servers(self.environment)), before_start=server.end_stale)
        self.supervisor.wait_until(server.ready, "PostgreSQL", timeout_s=60)
        self.journal.say("PostgreSQL is ready")

    def _start_valkey(self) -> None:
        server = valkey.embedded(self.folders)
        self.environment["BROKER_URL"] = server.url()
        self.supervisor.start(server.service(_for_servers(self.environment)), before_start=server.end_stale)
        self.supervisor.wait_until(server.ready, "Valkey", timeout_s=30)
        self.journal.say("Valkey is ready")

    def _begin(self, name: str, *arguments: str) -> Task:
        command = (str(self.folders.python), *arguments)
        environment = services.for_grading(self.environment) if name == "doctor" else self.environment
        return self.supervisor.begin(
            command, environment, self.folders.root, self.folders.logs / f"{name}.log"
        )

    def _finish(self, task: Task, what: str) -> None:
        self.supervisor.wait_until(task.ended, what, timeout_s=600)
        if task.process.returncode == REFUSED:
            raise Refusal(task.output().rstrip().rpartition("\n")[2])
        if task.process.returncode:
            raise Refusal(f"{what.capitalize()} failed; the end of {task.log} says:\n{last_lines(task.log)}")
        self.journal.say(f"{what}: done")

    def _wait_for_sandbox(self, doctor: Task) -> None:
        self.supervisor.wait_until(doctor.ended, "The check of the sandbox", timeout_s=120)
        if doctor.process.returncode:
            raise Refusal(
                f"Student code cannot be run safely on this machine, so Prova does not start:\n{doctor.output().strip()}"
            )

    def _answers(self) -> bool:
        """The site says of itself that every part is well."""
        host = "127.0.0.1" if self.choices.host == "0.0.0.0" else self.choices.host
        # The door is open before the web server stands in it: no answer within moments is no answer.
        connection = http.client.HTTPConnection(host, self.choices.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            code = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return code == 200

    def _announce(self, logins: list[str]) -> None:
        self.journal.say(f"Prova is up at {self.choices.url} (Ctrl-C stops it)")
        if self.choices.warning:
            self.journal.say(self.choices.warning)
        for line in logins:
            user, password, role = line.removeprefix(LOGIN_PREFIX).split(maxsplit=2)
            self.journal.show(f"          sign in as {user} with the password {password} ({role})")

    def _write_status(self, supervisor: Supervisor) -> None:
        Status(
            url=self.choices.url,
            supervisor=os.getpid(),
            ready=self.ready,
            database_url=self.environment["DATABASE_URL"] if self.servers_ready else "",
            broker_url=self.environment["BROKER_URL"] if self.servers_ready else "",
            pids=supervisor.pids,
            restarts=supervisor.restarts,
        ).write(self.folders.status)


def _for_servers(environment: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL takes settings from PG* variables; none of the operator's may leak in."""
    kept = {
        name: value for name, value in services.for_grading(environment).items() if not name.startswith("PG")
    }
    return kept | {"LC_ALL": "C"}


def _lock(folders: Folders, choices: Choices) -> DataLock:
    return DataLock(folders.data / "lock", _holder(choices))


def _holder(choices: Choices) -> Holder:
    return Holder(os.getpid(), "up", choices.url)


def _already_used(taken: Taken, choices: Choices) -> Refusal:
    holder = taken.holder
    if holder and holder.what == "up":
        return Refusal(
            f"Prova is already running with this data folder, at {holder.url} (process {holder.pid}): use that one, "
            "stop it with Ctrl-C, or start a second site with another --data-dir and --port."
        )
    what = f"`manage.py {holder.what}` (process {holder.pid})" if holder else "Another command"
    return Refusal(f"{what} is using the database in {choices.data}: end it, then start Prova again.")
