"""The site's door. The supervisor holds it open, so that whoever comes while the web server is started again waits a
moment in front of it instead of being turned away."""

import socket

#: Connections that may wait: those of a whole class that reloads its pages at once.
BACKLOG = 2048


def listening(host: str, port: int) -> socket.socket:
    """OSError: nobody can listen there; `preflight.check_port` says why."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen(BACKLOG)
    return listener
