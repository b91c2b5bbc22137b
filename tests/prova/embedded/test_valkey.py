import os
import time

import pytest
import redis
from kombu import Connection
from prova.embedded import valkey
from prova.embedded.child import Child
from prova.embedded.folders import Folders
from prova.embedded.valkey import Valkey

pytestmark = pytest.mark.processes


@pytest.fixture(params=["var", "a folder with spaces & signs"])
def server(request, tmp_path) -> Valkey:
    data = tmp_path / request.param
    folders = Folders(data, data)
    folders.prepare()
    return valkey.embedded(folders)


def start(server: Valkey) -> Child:
    server.end_stale()
    child = Child(server.service(os.environ))
    deadline = time.monotonic() + 10
    while not server.ready():
        assert child.ended() is None, server.log.read_text()
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.02)
    return child


def test_celery_reaches_it_by_its_url_and_nobody_by_a_port(server):
    child = start(server)
    try:
        with Connection(server.url()) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
        with redis.Redis(unix_socket_path=str(server.socket)) as client:
            assert client.config_get("port") == {"port": "0"}
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert server.socket.stat().st_mode & 0o077 == 0
    finally:
        child.stop()


def test_messages_survive_an_orderly_stop_and_a_left_over_server_is_ended(server):
    left_over = start(server)
    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        client.rpush("grading", "job")
    again = start(server)
    try:
        assert left_over.wait(5)
        with redis.Redis(unix_socket_path=str(server.socket)) as client:
            assert client.lrange("grading", 0, -1) == [b"job"]
    finally:
        again.stop()
