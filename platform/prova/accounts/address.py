"""Where a request comes from, for counting tries."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings


def client_address(meta: Mapping[str, Any]) -> str | None:
    """Each trusted proxy adds one entry at the end of X-Forwarded-For; what stands before those is hearsay."""
    direct, forwarded = meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.TRUSTED_PROXIES or not forwarded:
        return _counted(direct)
    entries = forwarded.split(",")
    return _counted(entries[-min(settings.TRUSTED_PROXIES, len(entries))]) or _counted(direct)


def _counted(written: str) -> str | None:
    """One household holds 2**64 addresses of IPv6: they count as one. None: this is no address."""
    try:
        address = ipaddress.ip_address(written.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)
