import pytest
from prova.accounts.address import client_address

HEARSAY = "192.0.2.66, 198.51.100.1, 203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "direct", "forwarded", "address"),
    [
        (0, "10.0.0.1", HEARSAY, "10.0.0.1"),
        (1, "10.0.0.1", HEARSAY, "203.0.113.9"),
        (2, "10.0.0.1", HEARSAY, "198.51.100.1"),
        (9, "10.0.0.1", HEARSAY, "192.0.2.66"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "drop table", "10.0.0.1"),
        (1, "", "unknown", None),
        (0, "::ffff:198.51.100.7", "", "198.51.100.7"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(settings, proxies, direct, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert client_address({"REMOTE_ADDR": direct, "HTTP_X_FORWARDED_FOR": forwarded}) == address
