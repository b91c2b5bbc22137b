"""The environment of the site's processes, made from the operator's."""

import socket
from collections.abc import Mapping
from pathlib import Path

from prova.embedded.refusal import Refusal

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def given(variable: str, environment: Mapping[str, str]) -> str:
    """What the operator set, directly or as a file; empty: nothing."""
    if path := environment.get(f"{variable}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Refusal(f"{variable}_FILE names {path}, which cannot be read: {error.strerror}.") from None
    return environment.get(variable, "")


def allowed_hosts(host: str, chosen: str = "") -> str:
    """The names by which browsers may call this site: the operator's, this machine's if he named none, and the
    loopback ones, by which the supervisor asks whether the site is well."""
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    if chosen:
        hosts += chosen.split(",")
    elif host not in LOOPBACK:
        hosts += [f"[{host}]" if ":" in host else host, socket.gethostname(), reachable_address(host)]
    return ",".join(dict.fromkeys(hosts))


def reachable_address(host: str) -> str:
    """What to type into a browser. For "all addresses", the one this machine would use to talk to the world."""
    if host in ("::", "0.0.0.0"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(
                    ("192.0.2.1", 9)
                )  # a documentation address; a datagram socket sends nothing here
                return str(probe.getsockname()[0])
            except OSError:
                return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
