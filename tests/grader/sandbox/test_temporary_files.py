"""A session's private folder: profile A mounts one, as large as the limits say; profile B has no folder to write in."""

import pytest

from grader.sandbox import Limits, Profile, StudentError, Zygote

pytestmark = pytest.mark.sandbox
in_profile = pytest.mark.parametrize("profile", [Profile.A], indirect=True)
SOURCE = """
import os

def one_file(byte_count):
    with open("large", "wb") as file:
        for _ in range(byte_count >> 20):
            file.write(bytes(1 << 20))
            file.flush()
    return os.path.getsize("large")

def many_files(count):
    for number in range(count):
        open(f"file-{number}", "w").close()
    return len(os.listdir("."))
"""


@in_profile
@pytest.mark.parametrize("mebibytes", [2, 64, 100])
def test_there_is_as_much_room_as_the_limits_say(zygote: Zygote, mebibytes: int) -> None:
    limits = Limits(tmp_bytes=mebibytes << 20)
    with zygote.open(SOURCE, limits) as session:
        assert session.call("one_file", [mebibytes << 20]) == mebibytes << 20
    with zygote.open(SOURCE, limits) as session, pytest.raises(StudentError) as caught:
        session.call("one_file", [(mebibytes + 1) << 20])

    assert caught.value.kind == "OSError"
    assert caught.value.text.startswith(("[Errno 28]", "[Errno 27]"))
    assert caught.value.line is not None


@in_profile
@pytest.mark.parametrize("files", [10, 3000])
def test_there_may_be_as_many_files_as_the_limits_say(zygote: Zygote, files: int) -> None:
    with zygote.open(SOURCE, Limits(tmp_files=files)) as session:
        with pytest.raises(StudentError, match="Errno 28"):
            session.call("many_files", [files])
        assert session.call("many_files", [files // 2]) >= files // 2


@in_profile
def test_what_one_session_fills_is_not_missing_in_another(zygote: Zygote) -> None:
    with zygote.open(SOURCE) as full, zygote.open(SOURCE) as empty:
        with pytest.raises(StudentError):
            full.call("one_file", [65 << 20])
        assert empty.call("one_file", [60 << 20]) == 60 << 20
        assert empty.call("many_files", [5]) == 6


@pytest.mark.parametrize("profile", [Profile.B], indirect=True)
def test_profile_b_has_no_folder_to_fill(zygote: Zygote) -> None:
    with zygote.open(SOURCE, Limits(tmp_bytes=1 << 20)) as session, pytest.raises(StudentError) as caught:
        session.call("one_file", [1 << 20])

    assert caught.value.kind == "PermissionError"
