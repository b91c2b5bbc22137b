import os
import socket
import subprocess
import sys

import pytest
from prova.embedded.preflight import check_disk, check_port
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
