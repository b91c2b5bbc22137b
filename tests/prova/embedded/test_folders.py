import os
from pathlib import Path

import pytest
from prova.embedded.folders import (
    LOG_LIMIT_BYTES,
    LONGEST_SOCKET_NAME,
    SOCKET_PATH_LIMIT_BYTES,
    Folders,
    private_folder,
)
from prova.embedded.refusal import Refusal


def folders_in(data: Path) -> Folders:
    folders = Folders(data, data)
    folders.prepare()
    return folders


def test_sockets_lie_with_the_data(tmp_path):
    folders = Folders(tmp_path, tmp_path / "d")
    folders.prepare()
    assert folders.sockets() == folders.run
    assert folders.sockets().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["x" * 120, "with,comma", 'with"quote', "with'quote"])
def test_sockets_move_to_a_short_path_when_the_data_folder_has_none(tmp_path, name):
    sockets = folders_in(tmp_path / name).sockets()
    assert len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES
    assert not set(str(sockets)) & set(",\"'")
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert sockets == folders_in(tmp_path / name).sockets()
    sockets.rmdir()


def test_two_data_folders_never_share_sockets(tmp_path):
    one, two = (folders_in(tmp_path / (letter * 120)).sockets() for letter in "ab")
    assert one != two
    one.rmdir()
    two.rmdir()


def test_a_link_in_the_place_of_a_private_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="move it away"):
        private_folder(tmp_path / "run")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that belongs to somebody else")
def test_a_data_folder_of_another_user_is_refused_with_both_names(tmp_path):
    data = tmp_path / "var"
    data.mkdir()
    os.chown(data, 65534, 65534)
    with pytest.raises(Refusal, match=r"belongs to nobody and you are root: .*--data-dir"):
        Folders(tmp_path, data).prepare()


def test_a_log_that_grew_long_is_put_aside_and_a_short_one_goes_on(tmp_path):
    folders = folders_in(tmp_path)
    (folders.logs / "web.log").write_bytes(b"x" * (LOG_LIMIT_BYTES + 1))
    (folders.logs / "sweeper.log").write_text("short")
    folders.prepare()
    assert sorted(path.name for path in folders.logs.iterdir()) == ["sweeper.log", "web.log.1"]


@pytest.mark.parametrize("above", [[], ["data"]])
def test_a_file_in_the_place_of_the_data_folder_is_told_in_one_sentence(tmp_path, above):
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match=r"cannot be the data folder.*--data-dir"):
        folders_in(tmp_path.joinpath("notes", *above))
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_a_data_folder_that_cannot_be_made_is_told_in_one_sentence():
    with pytest.raises(Refusal, match=r"cannot be made .*--data-dir"):
        folders_in(Path("/proc/prova-data"))
