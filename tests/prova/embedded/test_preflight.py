import os
import socket
import subprocess
import sys

import pytest
from prova.embedded.preflight import check_broker, check_disk, check_port
from prova.embedded.refusal import Refusal


def test_a_free_port_is_kept_and_zero_finds_one():
    port = check_port("127.0.0.1", 0)
    assert port > 1023
    assert check_port("127.0.0.1", port) == port


def test_a_taken_port_names_the_option_that_helps():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=rf"Port {port} is taken .*--port {port + 1}"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "option"),
    [
        ("no.such.host.invalid", 8000, "--host"),
        ("192.0.2.1", 8000, "--host"),
        ("127.0.0.1", 99_999, "--port"),
    ],
)
def test_nonsense_names_the_option_to_change(host, port, option):
    with pytest.raises(Refusal, match=option):
        check_port(host, port)


def test_a_broker_that_listens_is_fine(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as there, socket.socket(socket.AF_UNIX) as here:
        here.bind(str(tmp_path / "a broker"))
        here.listen()
        check_broker(f"amqp://user:password@127.0.0.1:{there.getsockname()[1]}//")
        check_broker(f"redis+socket://{tmp_path}/a%20broker?virtual_host=0")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("amqp://user:password@127.0.0.1:1//", "refused"),
        ("redis://no.such.host.invalid:6379", "not known|resolution"),
        ("redis+socket:///no/such/socket", "No such file"),
        ("redis://127.0.0.1:99999", "out of range"),
        ("postgresql://127.0.0.1/name", "not the address of a broker"),
        ("localhost", "not the address of a broker"),
    ],
)
def test_a_broker_that_cannot_be_used_is_told_to_the_operator_without_its_password(url, what):
    with pytest.raises(Refusal, match=rf"BROKER_URL names cannot be used \(.*({what})") as refused:
        check_broker(url)
    assert "password" not in str(refused.value)


def test_a_disk_with_room_is_fine(tmp_path):
    check_disk(tmp_path, needed_bytes=1)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
def test_a_full_disk_is_refused_with_what_to_do(tmp_path):
    script = (
        "import sys; from pathlib import Path; from prova.embedded.preflight import check_disk\n"
        "from prova.embedded.refusal import Refusal\n"
        "try: check_disk(Path(sys.argv[1]))\nexcept Refusal as refusal: print(refusal)"
    )
    mount = f'mount -t tmpfs -o size=20m none {tmp_path} && exec "$@"'
    said = subprocess.run(
        ["unshare", "--mount", "sh", "-c", mount, "sh", sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "almost full (20 MB free" in said
    assert "--data-dir" in said
