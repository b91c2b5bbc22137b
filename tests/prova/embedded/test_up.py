"""`manage.py up` as an operator meets it: a whole site with real servers, in a data folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from prova.embedded import processes

from tests.prova.embedded.kernel import without_landlock
from tests.site import INHERITED, ROOT, Site

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]


def manage(*arguments: str, data: Path, database: str = "", **more) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment | {"PROVA_VAR": str(data), "DATABASE_URL": database},
        capture_output=True,
        text=True,
        **more,
    )


def healthy(site: Site) -> bool:
    try:
        with urllib.request.urlopen(f"{site.url}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def site():
    with Site(first=True) as running:
        yield running


def test_it_says_where_it_is_and_how_to_sign_in(site):
    said = site.output.read_text()
    assert f"Prova is up at {site.url}" in said
    assert said.count("sign in as ") >= 2


def test_a_second_one_says_that_the_first_is_running_and_where(site):
    second = manage("up", data=site.data)
    assert second.returncode == 1
    assert f"already running with this data folder, at {site.url}" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_taken_port_is_told_before_anything_is_made(site, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = manage("up", "--port", str(port), data=tmp_path / "var")
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / "var" / "postgres").exists()


def test_another_command_uses_the_database_of_the_running_site(site):
    asked = "from django.db import connection as c; c.ensure_connection(); print(c.info.backend_pid if hasattr(c, 'info') else c.connection.info.backend_pid)"
    done = manage("shell", "--no-imports", "-c", asked, data=site.data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1].isdigit()
    assert healthy(site)


def test_the_grading_worker_is_given_no_secret_of_the_site(site):
    environment = Path(f"/proc/{site.pid('grading-worker')}/environ").read_bytes()
    names = {entry.split(b"=", 1)[0].decode() for entry in environment.split(b"\0") if entry}
    assert not names & {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    assert "BROKER_URL" in names


@pytest.mark.parametrize("name", ["postgres", "valkey", "web", "web-worker", "grading-worker", "sweeper"])
def test_a_killed_part_comes_back_and_the_site_is_well_again(site, name):
    killed = site.kill(name)
    assert site.pid(name) != killed
    site.wait_for(lambda: healthy(site), f"a healthy site after the death of {name}")


def test_a_command_without_a_site_brings_the_database_itself_and_takes_it_away_again(tmp_path):
    data = tmp_path / "var"
    made = manage("migrate", "--verbosity", "0", data=data)
    assert made.returncode == 0, made.stderr
    create = "from prova.accounts.models import User; User.objects.create_user('kept'); print('made')"
    assert "made" in manage("shell", "--no-imports", "-c", create, data=data).stdout
    ask = "from prova.accounts.models import User; print(User.objects.filter(username='kept').count())"
    assert manage("shell", "--no-imports", "-c", ask, data=data).stdout.strip().endswith("1")
    assert not [pid for pid in processes.parents() if str(data) in processes.command_line(pid)]


@pytest.mark.parametrize("who", ["the operator's process", "the supervisor"])
def test_sigkill_leaves_no_process(who):
    with Site() as site:
        status = site.status()
        everything = processes.descendants(status.supervisor) | {status.supervisor}
        assert len(everything) > 10
        if who == "the supervisor":
            os.kill(status.supervisor, signal.SIGKILL)
            site.wait()
        else:
            site.stop(signal.SIGKILL)
        site.gone(everything)


def test_ctrl_c_leaves_no_process_and_no_complaint():
    with Site() as site:
        status = site.status()
        everything = processes.descendants(status.supervisor) | {status.supervisor}
        assert site.stop(signal.SIGINT) == 0
        assert not everything & set(processes.parents())
        assert "stopped" in site.output.read_text().splitlines()[-1]


def test_a_machine_without_landlock_is_refused_in_words(tmp_path):
    refused = manage("up", "--port", "0", data=tmp_path / "var", preexec_fn=without_landlock)
    assert refused.returncode == 1
    assert "Student code cannot be run safely on this machine" in refused.stderr
    assert "Landlock" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not [pid for pid in processes.parents() if str(tmp_path) in processes.command_line(pid)]


def test_data_of_another_postgresql_is_refused_in_one_sentence(tmp_path):
    data = tmp_path / "var"
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("15\n")
    refused = manage("up", "--port", "0", data=data)
    assert refused.returncode == 1
    assert "made by PostgreSQL 15" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(tmp_path):
    refused = manage("up", "--port", "0", data=tmp_path / "var", database="postgresql://x@127.0.0.1:1/x")
    assert refused.returncode == 1
    assert "Connection refused" in refused.stderr
    assert "correct DATABASE_URL" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_is_refused_in_one_sentence(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f'mount -t tmpfs -o size=50m none {disk} && exec "$@"'
    command = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        mount,
        "sh",
        sys.executable,
        "manage.py",
        "up",
        "--port",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    refused = subprocess.run(
        [*command, "--data-dir", str(disk / "var")], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "almost full" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_servers_of_the_operator_are_used_and_none_is_started(site):
    status = site.status()
    own = {"DATABASE_URL": status.database_url, "BROKER_URL": status.broker_url}
    with Site(environment=own, first=True) as second:
        assert not {"postgres", "valkey"} & set(second.status().pids)
        assert healthy(second)
        assert not (second.data / "postgres").exists()
    assert healthy(site)
    shutil.rmtree(second.data, ignore_errors=True)
