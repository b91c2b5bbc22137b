"""Management commands that share one data folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import INHERITED

pytestmark = pytest.mark.processes

#: Says where its database is, waits for a line, asks the database once more, ends.
COMMAND = """
import sys; from pathlib import Path
from prova.embedded.folders import Folders; from prova.embedded.servers import servers
import psycopg
folder = Path(sys.argv[1])
with servers(Folders(folder, folder), sys.argv[2], durable=False) as found:
    print(found["DATABASE_URL"], flush=True)
    sys.stdin.readline()
    with psycopg.connect(found["DATABASE_URL"]) as connection:
        print(connection.execute("select 1").fetchone()[0], flush=True)
"""


class Command:
    def __init__(self, folder: Path, what: str, **environment: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in INHERITED}
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(folder), what],
            env=inherited | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()

    def finish(self) -> str:
        return self.process.communicate("go on\n", timeout=30)[0]


def test_a_second_command_uses_the_first_ones_database_and_may_end_after_it(tmp_path):
    first = Command(tmp_path / "var", "shell")
    second = Command(tmp_path / "var", "migrate")
    assert second.url == first.url
    assert first.process.stdin
    first.process.stdin.write("go on\n")
    first.process.stdin.flush()
    assert first.process.stdout
    assert first.process.stdout.readline() == "1\n"
    assert (
        first.process.stdout.readline() == "Waiting for another management command that uses this database.\n"
    )
    assert second.finish() == "1\n"
    first.process.communicate(timeout=30)
    assert first.process.returncode == second.process.returncode == 0


def test_the_command_after_a_killed_one_starts_anew(tmp_path):
    killed = Command(tmp_path / "var", "shell")
    killed.process.send_signal(signal.SIGKILL)
    killed.process.communicate()
    assert Command(tmp_path / "var", "shell").finish() == "1\n"


def test_the_operators_servers_are_used_and_nothing_is_made(tmp_path):
    lender = Command(tmp_path / "lender", "shell")
    own = {"DATABASE_URL": lender.url, "BROKER_URL": "redis+socket:///none", "SECRET_KEY": "x"}
    script = (
        "import sys; from pathlib import Path; from prova.embedded.folders import Folders; from prova.embedded.servers import servers\n"
        "with servers(Folders(Path(sys.argv[1]), Path(sys.argv[1])), 'shell') as found: print(found)"
    )
    inherited = {name: value for name, value in os.environ.items() if name not in INHERITED}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "var")],
        env=inherited | own,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "{}\n"
    assert not (tmp_path / "var").exists()
    assert lender.finish() == "1\n"
