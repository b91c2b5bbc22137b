import pytest
from prova.embedded.environment import allowed_hosts, given, reachable_address
from prova.embedded.refusal import Refusal


def test_a_variable_may_come_from_a_file(tmp_path):
    (tmp_path / "url").write_text("postgresql://there/prova\n")
    assert given("DATABASE_URL", {"DATABASE_URL": "postgresql://here/prova"}) == "postgresql://here/prova"
    assert given("DATABASE_URL", {"DATABASE_URL_FILE": str(tmp_path / "url")}) == "postgresql://there/prova"
    assert given("DATABASE_URL", {}) == ""


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Refusal, match="DATABASE_URL_FILE"):
        given("DATABASE_URL", {"DATABASE_URL_FILE": str(tmp_path / "none")})


def test_the_loopback_names_are_always_allowed():
    for hosts in (
        allowed_hosts("127.0.0.1"),
        allowed_hosts("0.0.0.0"),
        allowed_hosts("0.0.0.0", "prova.example"),
    ):
        assert {"localhost", "127.0.0.1", "[::1]"} <= set(hosts.split(","))


def test_the_operators_names_replace_the_guessed_ones():
    assert allowed_hosts("192.0.2.7", "prova.example").split(",")[3:] == ["prova.example"]
    assert "192.0.2.7" in allowed_hosts("192.0.2.7").split(",")


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_the_address_shown_is_one_to_type_into_a_browser(host, shown):
    assert reachable_address(host) == shown


def test_all_addresses_are_shown_as_one_of_them():
    assert reachable_address("0.0.0.0") != "0.0.0.0"
