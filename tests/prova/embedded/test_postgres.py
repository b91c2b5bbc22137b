import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from prova.embedded import postgres, processes
from prova.embedded.child import Child
from prova.embedded.folders import Folders
from prova.embedded.postgres import Postgres
from prova.embedded.refusal import Refusal

from tests.prova.embedded.kernel import without_user_namespaces
from tests.site import INHERITED

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Postgres:
    data = tmp_path_factory.mktemp("pg") / "var"
    folders = Folders(data, data)
    folders.prepare()
    made = postgres.embedded(folders, durable=False)
    made.initialise()
    return made


@pytest.fixture
def running(server):
    child = start(server)
    yield child
    child.stop()


def start(server: Postgres) -> Child:
    server.end_stale()
    child = Child(server.service(os.environ))
    deadline = time.monotonic() + 20
    while not server.ready():
        assert child.ended() is None, server.log.read_text()
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.02)
    return child


def ask(server: Postgres, question: str):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else None


def test_it_sorts_the_same_on_every_machine_and_stems_portuguese(server, running):
    asked = "select datlocprovider, datcollate, pg_encoding_to_char(encoding) from pg_database where datname = 'prova'"
    assert ask(server, asked) == [("b", "C", "UTF8")]
    (stems,) = ask(server, "select to_tsvector('portuguese', 'redes neurais quantizadas')::text")[0]
    assert stems == "'neur':2 'quantiz':3 'red':1"


def test_it_listens_on_no_network_address_and_lets_nobody_else_in(server, running):
    assert ask(server, "show listen_addresses") == [("",)]
    assert server.sockets.stat().st_mode & 0o077 == 0


def test_a_lock_that_a_killed_program_held_while_it_asked_something_long_is_let_go(server, running):
    ask(server, "create table held (n int)")
    holder = "import psycopg, sys; c = psycopg.connect(sys.argv[1]); c.execute('lock held'); c.execute('select pg_sleep(30)')"
    program = subprocess.Popen([sys.executable, "-c", holder, server.url()])
    asks = "select count(*) from pg_stat_activity where query = 'select pg_sleep(30)' and state = 'active'"
    while ask(server, asks) == [(0,)]:
        time.sleep(0.02)
    program.kill()
    program.wait()
    with psycopg.connect(server.url(), options="-c lock_timeout=8s") as connection:
        connection.execute("lock held")


def test_what_was_committed_before_a_kill_is_there_after_it(server):
    server = replace(server, durable=True)
    child = start(server)
    ask(server, "create table kept (n int)")
    ask(server, "insert into kept values (1)")
    child.send(signal.SIGKILL)
    assert child.wait(5)
    again = start(server)
    try:
        assert ask(server, "select n from kept") == [(1,)]
    finally:
        again.stop()


def test_a_server_that_outlived_its_supervisor_is_ended_first(server):
    left_over = start(server)
    again = start(server)
    try:
        assert left_over.wait(5)
        assert again.ended() is None
    finally:
        again.stop()


def test_a_file_of_a_process_that_is_no_server_of_ours_stops_nobody(server):
    other = subprocess.Popen(["sleep", "100"])
    try:
        (server.data / "postmaster.pid").write_text(f"{other.pid}\n{server.data}\n")
        server.end_stale()
        assert other.poll() is None
        assert not (server.data / "postmaster.pid").exists()
    finally:
        other.kill()
        other.wait()


def test_it_ends_with_the_process_that_started_it(tmp_path):
    script = (
        "import os, sys, time; from pathlib import Path; from prova.embedded import servers; from prova.embedded.folders import Folders\n"
        "folder = Path(sys.argv[1])\n"
        "with servers.servers(Folders(folder, folder), 'a test', durable=False):\n"
        "    print((folder / 'postgres' / 'postmaster.pid').read_text().split()[0], flush=True); time.sleep(60)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    command = [sys.executable, "-c", script, str(tmp_path / "var")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    pid = int(process.stdout.readline())
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 15
    while pid in processes.parents() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert pid not in processes.parents()


SERVE_TWICE = """
import sys; from pathlib import Path
from prova.embedded.folders import Folders; from prova.embedded.refusal import Refusal
from prova.embedded.servers import servers
folder = Path(sys.argv[1])
try:
    for time in (1, 2):
        with servers(Folders(folder, folder), 'a test', durable=False) as found:
            import psycopg
            with psycopg.connect(found['DATABASE_URL']) as connection:
                print(connection.execute('select current_user').fetchone()[0])
except Refusal as refusal:
    print(refusal)
"""


def serve_twice(folder: Path) -> str:
    """As root on a machine that refuses user namespaces."""
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    command = [sys.executable, "-c", SERVE_TWICE, str(folder)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, preexec_fn=without_user_namespaces
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs no namespace")
def test_root_without_user_namespaces_serves_as_nobody():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        assert serve_twice(Path(folder) / "var") == "prova\nprova\n"
        assert (Path(folder) / "var" / "postgres").stat().st_uid == postgres.NOBODY


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs no namespace")
def test_root_without_user_namespaces_is_told_which_folder_nobody_may_not_enter(tmp_path):
    tmp_path.chmod(0o700)
    assert "may not enter" in (said := serve_twice(tmp_path / "var"))
    assert "start Prova as an ordinary user" in said


def test_making_it_twice_changes_nothing(server):
    before = (server.data / "global" / "pg_control").read_bytes()
    server.initialise()
    assert (server.data / "global" / "pg_control").read_bytes() == before


def test_data_of_another_version_is_refused_and_left_alone(tmp_path):
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    other = Postgres(postgres.find_binaries(), data, tmp_path, tmp_path / "log")
    with pytest.raises(Refusal, match="made by PostgreSQL 16 and this is PostgreSQL 18"):
        other.initialise()
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_half_made_folder_is_begun_again(tmp_path):
    half = tmp_path / "postgres.unfinished"
    half.mkdir(mode=0o700)
    (half / "PG_VERSION").write_text("18\n")
    server = Postgres(
        postgres.find_binaries(), tmp_path / "postgres", tmp_path, tmp_path / "log", durable=False
    )
    server.initialise()
    assert (server.data / "global" / "pg_control").exists()
    assert not half.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_disk_that_fills_up_while_it_is_made_is_named_and_leaves_no_database(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path; from prova.embedded import postgres; from prova.embedded.refusal import Refusal\n"
        "folder = Path(sys.argv[1])\n"
        "server = postgres.Postgres(postgres.find_binaries(), folder / 'postgres', folder, Path(sys.argv[2]))\n"
        "try: server.initialise()\nexcept Refusal as refusal: print(refusal)\n"
        "print((folder / 'postgres').exists())"
    )
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=20m,mode=700 none {disk} && exec "$@"'
    said = subprocess.run(
        [
            "unshare",
            "--mount",
            "sh",
            "-c",
            mount,
            "sh",
            sys.executable,
            "-c",
            script,
            str(disk),
            str(tmp_path / "log"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "full: free some space" in said
    assert said.endswith("False\n")
