import socket

import pytest
from prova.embedded.listener import listening


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_whoever_comes_while_nobody_serves_can_wait_at_the_door(host):
    with listening(host, 0) as door, socket.create_connection(door.getsockname()[:2], timeout=1) as waiting:
        waiting.sendall(b"GET / HTTP/1.1")
        served, _ = door.accept()
        with served:
            assert served.recv(100) == b"GET / HTTP/1.1"
