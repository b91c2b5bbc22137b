"""Where this person is signed in: one site and its token, in a file that only its owner can read."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from grader.cli.words import Problem


@dataclass(frozen=True)
class Credentials:
    site: str  #: address without a slash at its end
    token: str


def find(environment: Mapping[str, str] = os.environ) -> Credentials:
    """PROVA_SITE and PROVA_TOKEN go before the file. Problem: not signed in."""
    site, token = environment.get("PROVA_SITE"), environment.get("PROVA_TOKEN")
    if site and token:
        return Credentials(address_of(site), token)
    file = file_of(environment)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Credentials(str(found["site"]), str(found["token"]))
    except FileNotFoundError:
        raise Problem("not_signed_in") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Problem("credentials_damaged", file=str(file)) from None


def keep(credentials: Credentials, environment: Mapping[str, str] = os.environ) -> Path:
    """The file. It is made anew, so that nobody who had the old one open reads on. Problem: it cannot be written."""
    file = file_of(environment)
    made = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.unlink(missing_ok=True)
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump({"site": credentials.site, "token": credentials.token}, out)
        os.replace(made, file)
    except OSError as error:
        raise Problem("credentials_unwritable", file=str(file), text=error.strerror or "?") from None
    return file


def forget(environment: Mapping[str, str] = os.environ) -> None:
    file_of(environment).unlink(missing_ok=True)


def file_of(environment: Mapping[str, str] = os.environ) -> Path:
    """Below PROVA_CONFIG, or where the system keeps settings."""
    if folder := environment.get("PROVA_CONFIG"):
        return Path(folder) / "credentials.json"
    if sys.platform == "win32":
        base = Path(environment.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "prova" / "credentials.json"


def address_of(text: str) -> str:
    """As it is kept. Problem: not an address of a site."""
    given = text.strip()
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        known = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    except ValueError:  # half an IPv6 address
        known = None
    if not known:
        raise Problem("bad_site", site=text)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def is_encrypted(site: str) -> bool:
    """Or goes nowhere: to this very machine."""
    parts = urlsplit(site)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}
