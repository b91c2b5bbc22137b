import io
import stat
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from grader.messages import explain
from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_SOURCE_BYTES, Upload, UploadRefused
from tests.grader.uploads.archives import SOLUTION, lying_about_its_size, overlapping, packed, with_mode


def read(data: bytes, limit_bytes: int = MAX_SOURCE_BYTES) -> Upload:
    return read_upload(data, "hw.zip", functions=("quantize",), limit_bytes=limit_bytes)


def refused(data: bytes, limit_bytes: int = MAX_SOURCE_BYTES) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        read(data, limit_bytes)
    return caught.value


def test_the_files_of_an_archive_become_a_source_and_modules() -> None:
    upload = read(
        packed(
            {
                "submission.py": "from helper import quantize\n",
                "helper.py": SOLUTION,
                "filters/__init__.py": "",
                "filters/blur.py": "x = 1\n",
            }
        )
    )

    assert upload.source == "from helper import quantize\n"
    assert upload.modules == {"helper": SOLUTION, "filters": "", "filters.blur": "x = 1\n"}
    assert (upload.file_name, upload.main, upload.notices) == ("hw.zip", "submission.py", ())


@pytest.mark.parametrize("folder", ["hw1/", "Trabalho de João/", "repo-main/"])
def test_what_systems_add_is_no_part_of_a_submission(folder: str) -> None:
    files: dict[str, str | bytes] = {f"{folder}minha solução.py": SOLUTION, f"{folder}helper.py": "x = 1\n"}
    files |= {
        "__MACOSX/._submission.py": b"\0\5",
        f"{folder}.DS_Store": b"\0",
        f"{folder}__pycache__/a.pyc": b"\0",
    }
    files |= {f"{folder}.venv/lib/site.py": "1", f"{folder}.ipynb_checkpoints/a.py": "1", folder: ""}

    upload = read(packed(files))

    assert upload.source == SOLUTION
    assert upload.modules == {"helper": "x = 1\n"}


def test_an_empty_package_file_beside_the_main_file_means_nothing() -> None:
    upload = read(packed({"quantizer/__init__.py": "\n", "quantizer/a.py": SOLUTION}))

    assert (upload.main, upload.modules) == ("a.py", {})
    assert refused(packed({"__init__.py": "x = 1", "a.py": SOLUTION})).code == "reserved_name"
    assert read(packed({"p/__init__.py": SOLUTION})).source == SOLUTION


@pytest.mark.parametrize(
    ("files", "main"),
    [
        ({"submission.py": "", "other.py": SOLUTION}, "submission.py"),
        ({"a-b (1).py": SOLUTION}, "a-b (1).py"),
        ({"solution.py": SOLUTION, "a.py": ""}, "solution.py"),
        ({"a.py": SOLUTION, "b.py": "from a import quantize\n"}, "a.py"),
        ({"a.py": "quantize = max\n", "b.py": "# def quantize(x)\n"}, "a.py"),
    ],
)
def test_the_main_file_is_found(files: dict[str, str], main: str) -> None:
    files = {name: text + "x = 1\n" for name, text in files.items()}

    assert read(packed(files)).main == main


def test_a_guess_is_said() -> None:
    (notice,) = read(packed({"a.py": SOLUTION, "b.py": "x = 1\n"})).notices

    assert "a.py: it defines" in explain(notice, "en")


@pytest.mark.parametrize(
    ("files", "code", "named"),
    [
        ({"a.py": SOLUTION, "b.py": SOLUTION}, "which_main", "a.py, b.py"),
        ({"a.py": "", "b.py": ""}, "which_main", "a.py, b.py"),
        ({"notes.txt": "x"}, "no_python", ""),
        ({}, "no_python", ""),
        ({"x/y/a.py": "", "b.py": SOLUTION}, "too_deep", "x/y/a.py"),
        ({"b.py": SOLUTION, "my-helper.py": ""}, "module_name", "my-helper.py"),
        ({"b.py": SOLUTION, "class.py": ""}, "module_name", "class.py"),
        ({"b.py": SOLUTION, "1.py": ""}, "module_name", "1.py"),
        ({"b.py": SOLUTION, "my files/a.py": ""}, "module_name", "my files/a.py"),
        ({"b.py": SOLUTION, "HELPER.PY": ""}, "module_name", "HELPER.PY"),
        ({"submission.py": SOLUTION, "solution.py": ""}, "reserved_name", "solution.py"),
        ({"submission.py": SOLUTION, "a.py": b"\xff"}, "not_utf_8", "a.py"),
        ({"submission.py": SOLUTION, "a.py": b"x\0"}, "nul", "a.py"),
        ({"submission.py": SOLUTION, "data.zip": b"PK"}, "nested", "data.zip"),
        ({"submission.py": SOLUTION, "d/data.TAR.GZ": b"PK"}, "nested", "d/data.TAR.GZ"),
        ({"submission.py": SOLUTION, "../evil.py": ""}, "path_outside", "../evil.py"),
        ({"submission.py": SOLUTION, "a/../../evil.txt": ""}, "path_outside", "a/../../evil.txt"),
        ({"submission.py": SOLUTION, "/etc/passwd": ""}, "path_outside", "/etc/passwd"),
        ({"submission.py": SOLUTION, "C:/evil.py": ""}, "path_outside", "C:/evil.py"),
        ({"submission.py": SOLUTION, "c:evil.py": ""}, "path_outside", "c:evil.py"),
        ({"submission.py": SOLUTION, "a" * 301: ""}, "path_too_long", f"{'a' * 40}…{'a' * 39}"),
        ({"submission.py": SOLUTION, "..": ""}, "path_outside", ".."),
        ({"submission.py": SOLUTION, "a\\b.py": ""}, "path_backslash", "a\\b.py"),
        ({"submission.py": SOLUTION, "..\\..\\evil.py": ""}, "path_backslash", "..\\..\\evil.py"),
        ({"submission.py": SOLUTION, "evil.py\0.txt": ""}, "path_control", "evil.py␀.txt"),
        ({"submission.py": SOLUTION, "a\x1b[31m.py": ""}, "path_control", "a␛[31m.py"),
        ({"submission.py": SOLUTION, "a\nb.py": ""}, "path_control", "a␊b.py"),
        ({"submission.py": SOLUTION, "a\u202eyp.exe": ""}, "path_control", "a[U+202E]yp.exe"),
        ({"p/a.py": SOLUTION, "q/b.py": ""}, "no_main", ""),
        ({"submission.py": SOLUTION, "Helper.py": "", "helper.py": ""}, "same_name", "helper.py"),
        ({"submission.py": SOLUTION, "ﬁ.py": "", "fi.py": ""}, "same_name", "fi.py"),
        ({"submission.py": "\n \n"}, "empty", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_and_named(
    files: dict[str, str | bytes], code: str, named: str
) -> None:
    error = refused(packed(files))

    assert error.code == code
    for language in ("en", "pt-br"):
        assert named in explain(error.message, language)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for text in ("x = 1", "x = 2"):
            archive.writestr("submission.py", text)

    assert refused(buffer.getvalue()).code == "same_name"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
@pytest.mark.parametrize("name", ["helper.py", "notes.txt", "folder/"])
def test_links_and_devices_are_refused(kind: int, name: str) -> None:
    error = refused(with_mode(name, kind | 0o777, "/etc/passwd"))

    assert (error.code, error.message.params["file"]) == ("link", name)


def test_a_password_is_named() -> None:
    data = bytearray(packed({"submission.py": SOLUTION}))
    data[data.index(b"PK\1\2") + 8] |= 1

    assert refused(bytes(data)).code == "encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_of_packing_are_not_read(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("submission.py", SOLUTION)

    assert refused(buffer.getvalue()).code == "method"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"PK\5\6" + bytes(18), b"x" * 100, b"{}"])
def test_what_is_no_archive_is_said_to_be_none(data: bytes) -> None:
    assert refused(data).code in {"damaged", "no_python"}


def test_what_is_left_out_is_named() -> None:
    (notice,) = read(packed({"submission.py": SOLUTION, "README.md": "x", "data/a.csv": b"\0"})).notices

    assert "README.md, data/a.csv" in explain(notice, "en")


# ---- bombs


@pytest.mark.parametrize(
    ("bomb", "codes"),
    [
        (lambda: packed({"submission.py": b"#" * (200 << 20)}), {"ratio", "too_big"}),
        (lambda: packed({"submission.py": SOLUTION, "a.txt": b"#" * (200 << 20)}), set()),
        (lambda: packed({f"f{n}.py": b"#" * 60_000 for n in range(100)}), {"too_big"}),
        (lambda: packed({f"f{n}.py": "" for n in range(10_000)}), {"too_many_entries"}),
        (lambda: overlapping(200), {"damaged", "damaged_entry"}),
        (lambda: lying_about_its_size(50_000), {"damaged_entry"}),
        (lambda: b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2), {"damaged"}),
    ],
    ids=[
        "one large file",
        "in a file that is not read",
        "many",
        "many entries",
        "overlapping",
        "lying",
        "zip64",
    ],
)
def test_a_bomb_does_not_go_off(bomb: Callable[[], bytes], codes: set[str]) -> None:
    data = bomb()  # packed here and not for each process that only collects the tests
    assert len(data) < 2 << 20
    tracemalloc.start()
    started_s = time.thread_time()
    try:
        if codes:
            assert refused(data).code in codes
        else:
            assert read(data).source == SOLUTION
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak_bytes < 16 << 20
    assert time.thread_time() - started_s < 2


def test_the_size_counts_over_all_files_together() -> None:
    half = "#" * 500 + "\n"
    files: dict[str, str | bytes] = {"submission.py": half, "a.py": half}

    assert read(packed(files), limit_bytes=1002).modules == {"a": half}
    assert refused(packed(files), limit_bytes=1001).code == "too_big"


def test_names_that_grow_when_they_are_normalised_take_no_longer_to_read() -> None:
    """U+FDFA becomes 18 characters; thirty names of 64 KiB used to take seconds, and nothing was refused."""
    long = "\ufdfa" * 21_000
    files: dict[str, str | bytes] = {f"{number}{long}.txt": "" for number in range(15)}
    data = packed({"submission.py": SOLUTION, **files})
    since_s = time.process_time()
    assert refused(data).code == "path_too_long"
    assert time.process_time() - since_s < 0.5
