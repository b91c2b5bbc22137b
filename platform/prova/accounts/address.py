"""Where a request comes from, for counting tries and for rules about networks."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(meta: Mapping[str, Any]) -> str | None:
    """One household holds 2**64 addresses of IPv6: they count as one. None: there is no address."""
    address = sender_address(meta)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)
    return str(address) if address else None


def sender_address(meta: Mapping[str, Any]) -> Address | None:
    """Each trusted proxy adds one entry at the end of X-Forwarded-For; what stands before those is hearsay."""
    direct, forwarded = meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.TRUSTED_PROXIES or not forwarded:
        return _read(direct)
    entries = forwarded.split(",")
    return _read(entries[-min(settings.TRUSTED_PROXIES, len(entries))]) or _read(direct)


def _read(written: str) -> Address | None:
    try:
        address = ipaddress.ip_address(written.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
