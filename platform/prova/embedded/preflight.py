"""What must be so before anything is started. Each check refuses with one sentence."""

import errno
import shutil
import socket
from pathlib import Path
from urllib.parse import unquote, urlsplit

from prova.embedded.refusal import Refusal

#: An empty site takes about 100 MB; the rest is room for the database's log and a term's submissions.
DATA_FREE_BYTES = 300 * 2**20
#: Where a broker listens when its address names no port.
BROKER_PORTS = {"amqp": 5672, "amqps": 5671, "redis": 6379, "rediss": 6379}


def check_port(host: str, port: int) -> int:
    """The port that will be used: 0 asks for any free one."""
    if not 0 <= port <= 65535:
        raise Refusal(f"{port} is not a port: choose one between 1024 and 65535 with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except socket.gaierror:
        raise Refusal(f"{host} is not an address of this machine: choose another one with --host.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(
                f"Port {port} is taken by another program: choose another one, as in `--port {port + 1}`."
            ) from None
        if error.errno == errno.EACCES:
            raise Refusal(f"Port {port} is for root only: choose one above 1023 with --port.") from None
        raise Refusal(
            f"Prova cannot listen on {host}: {error.strerror}. Choose another address with --host."
        ) from None


def check_disk(
    folder: Path,
    needed_bytes: int = DATA_FREE_BYTES,
    otherwise: str = "name a folder on another disk with --data-dir",
) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise Refusal(
            f"The disk of {folder} is almost full ({free // 2**20} MB free, {needed_bytes // 2**20} MB needed): "
            f"free some space or {otherwise}."
        )


def check_broker(url: str, patience_s: float = 5) -> None:
    """Whether somebody listens there; who that is, and whether we are let in, Celery finds out."""
    try:
        _knock(url, patience_s)
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error) or "no answer"
        raise Refusal(
            f"The broker that BROKER_URL names cannot be used ({what}): start it or correct BROKER_URL; "
            "without BROKER_URL, `manage.py up` starts a broker of its own."
        ) from None


def _knock(url: str, patience_s: float) -> None:
    """Raises OSError, ValueError."""
    address = urlsplit(url)
    if address.scheme == "redis+socket":
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(patience_s)
            door.connect(unquote(address.netloc + address.path))
        return
    if address.scheme not in BROKER_PORTS or not address.hostname:
        raise ValueError("it is not the address of a broker")
    port = address.port or BROKER_PORTS[address.scheme]
    socket.create_connection((address.hostname, port), timeout=patience_s).close()
