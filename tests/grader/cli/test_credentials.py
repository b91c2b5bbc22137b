import os
import stat
from pathlib import Path

import pytest

from grader.cli.credentials import Credentials, address_of, file_of, find, forget, is_encrypted, keep
from grader.cli.words import Problem

MINE = Credentials("https://prova.example.edu", "prova_key")


def test_only_the_owner_reads_a_token_whatever_was_there_before(tmp_path: Path) -> None:
    here = {"PROVA_CONFIG": str(tmp_path / "new" / "folder")}
    file = file_of(here)
    file.parent.mkdir(parents=True)
    file.write_text("old")
    file.chmod(0o644)
    before = os.umask(0)
    try:
        assert keep(MINE, here) == file
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert find(here) == MINE
    assert list(file.parent.iterdir()) == [file]
    forget(here)
    forget(here)
    with pytest.raises(Problem, match="not_signed_in"):
        find(here)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    here = {"PROVA_CONFIG": str(tmp_path)}
    keep(MINE, here)
    other = here | {"PROVA_SITE": "prova.other.example/", "PROVA_TOKEN": "t"}
    assert find(other) == Credentials("https://prova.other.example", "t")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"site": "x"}', "\0"])
def test_a_damaged_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text(text)
    with pytest.raises(Problem, match="credentials_damaged"):
        find({"PROVA_CONFIG": str(tmp_path)})


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="credentials_unwritable"):
        keep(MINE, {"PROVA_CONFIG": str(tmp_path / "file")})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("prova.example.edu", "https://prova.example.edu"),
        (" http://localhost:8000/ ", "http://localhost:8000"),
        ("https://example.edu/prova/", "https://example.edu/prova"),
    ],
)
def test_an_address_is_taken_as_a_browser_shows_it(given: str, kept: str) -> None:
    assert address_of(given) == kept


@pytest.mark.parametrize(
    "given", ["", "ftp://x", "https://", "https://name:word@x.example", "file:///etc/passwd"]
)
def test_what_is_no_address_of_a_site_is_refused(given: str) -> None:
    with pytest.raises(Problem, match="bad_site"):
        address_of(given)


def test_who_can_read_along_is_known() -> None:
    assert is_encrypted("https://prova.example.edu")
    assert is_encrypted("http://localhost:8000")
    assert not is_encrypted("http://10.0.0.7:8000")
