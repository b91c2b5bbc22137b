"""Where from and with which word a quiz may be started."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.crypto import constant_time_compare

from prova.accounts.address import Address
from prova.quizzes.models import Accommodation, Quiz
from prova.quizzes.refusals import OutsideNetwork, WrongPassword


@dataclass(frozen=True)
class Credentials:
    password: str = field(default="", repr=False)  #: never in a log
    address: Address | None = None  #: None: unknown, so in no network


NOTHING_SHOWN = Credentials()


def read_networks(text: str) -> list[str]:
    """CIDR or single addresses, one a line or with commas between. ValueError: names what is neither."""
    networks = []
    for entry in text.replace(",", "\n").split():
        try:
            networks.append(str(ipaddress.ip_network(entry, strict=False)))
        except ValueError:
            raise ValueError(entry) from None
    return networks


def is_within(address: Address | None, networks: Iterable[str]) -> bool:
    return address is not None and any(address in ipaddress.ip_network(network) for network in networks)


def check_network(quiz: Quiz, granted: Accommodation | None, address: Address | None) -> None:
    """Raises OutsideNetwork."""
    if not quiz.networks or (granted is not None and granted.from_any_network):
        return
    if not is_within(address, quiz.networks):
        raise OutsideNetwork


def check_credentials(quiz: Quiz, granted: Accommodation | None, shown: Credentials) -> None:
    """Raises OutsideNetwork, WrongPassword."""
    check_network(quiz, granted, shown.address)
    if needs_password(quiz, granted) and not constant_time_compare(
        _same(shown.password), _same(quiz.password)
    ):
        raise WrongPassword


def needs_password(quiz: Quiz, granted: Accommodation | None) -> bool:
    return bool(quiz.password) and not (granted is not None and granted.needs_no_password)


def _same(password: str) -> str:
    # Said aloud and typed on phones, which add spaces at the end.
    return password.strip()
