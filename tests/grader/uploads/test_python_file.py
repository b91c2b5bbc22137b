import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.uploads.reader import read_upload
from grader.uploads.upload import MAX_SOURCE_BYTES, UploadRefused

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff")).filter(str.strip)


def refused(content: bytes | str, name: str, limit_bytes: int = MAX_SOURCE_BYTES) -> str:
    with pytest.raises(UploadRefused) as caught:
        read_upload(content, name, limit_bytes=limit_bytes)
    return caught.value.code


@given(any_text)
def test_a_text_is_kept_exactly_as_it_came(text: str) -> None:
    assert read_upload(text).source == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_end_alike_and_a_byte_order_mark_is_no_part_of_the_program(mark: bytes, end: str) -> None:
    assert read_upload(mark + f"x = 1{end}y = 2{end}".encode(), "a.py").source == "x = 1\ny = 2\n"


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("# -*- coding: latin-1 -*-", "latin-1"),
        ("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :", "iso-8859-15"),
        ("# coding=cp1252", "cp1252"),
    ],
)
def test_a_declared_encoding_is_read_and_the_text_says_utf_8_from_then_on(
    declaration: str, encoding: str
) -> None:
    upload = read_upload(f"{declaration}\nx = 'ção'\n".encode(encoding), "a.py")

    assert upload.source.endswith("x = 'ção'\n")
    assert "utf-8" in upload.source.split("\nx")[0]
    assert upload.notices[0].key == "upload_recoded"
    again = read_upload(upload.source.encode(), "a.py")
    assert (again.source, again.notices) == (upload.source, ())
    assert ast.parse(again.source.encode()).body[0].value.value == "ção"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name", ["utf-7", "rot13", "unicode_escape", "utf-16", "no-such", "idna", "..", "base64"]
)
def test_other_encodings_are_refused_by_name(name: str) -> None:
    with pytest.raises(UploadRefused) as caught:
        read_upload(f"# coding: {name}\nx = 1\n".encode(), "a.py")

    assert caught.value.message.params == {"file": "a.py", "encoding": name}


def test_a_declaration_after_the_second_line_or_in_code_declares_nothing() -> None:
    for text in ("x = 1\n# coding: rot13\n", "\n\n# coding: rot13\nx = 1\n", "x = 'coding: rot13'\n"):
        assert read_upload(text.encode(), "a.py").source == text


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        ("", "", "empty"),
        (" \n\t\n", "", "empty"),
        (b"", "a.py", "empty"),
        ("x = '\0'", "", "nul"),
        (b"x\0", "a.py", "nul"),
        (b"\x7fELF\xff\0", "a.py", "nul"),
        ("x = 1".encode("utf-16"), "a.py", "not_utf_8"),
        ("# ção".encode("latin-1"), "a.py", "not_utf_8"),
        ("x = '\ud800'", "", "not_utf_8"),
        (b"x", "a.txt", "not_python"),
        (b"x", "py", "not_python"),
        (b"x", "a.py.exe", "not_python"),
        (b"x", "a.tar.gz", "not_python"),
        ("#" * (MAX_SOURCE_BYTES + 1), "", "too_big"),
        ("ç" * (MAX_SOURCE_BYTES // 2 + 1), "", "too_big"),
        (b"#" * (50 << 20), "a.py", "too_big"),
    ],
)
def test_what_cannot_be_graded_is_refused_with_its_reason(content: bytes | str, name: str, code: str) -> None:
    assert refused(content, name) == code


def test_the_largest_accepted_file_has_exactly_the_limit() -> None:
    assert len(read_upload(b"#" * MAX_SOURCE_BYTES, "a.PY").source) == MAX_SOURCE_BYTES
    assert len(read_upload("#" * 1024, limit_bytes=1024).source) == 1024
    assert refused("#" * 1025, "", limit_bytes=1024) == "too_big"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("solution.py", "solution.py"),
        ("../../etc/passwd.py", "passwd.py"),
        (r"C:\Users\Lin\a.py", "a.py"),
        ("a\u202eyp.exe.py", "ayp.exe.py"),
        ("new\nline\0.py", "newline.py"),
        ("a\u3164.py", "a.py"),
        ("\ud800.py", ".py"),
        ("a" * 300 + ".py", "a" * 97 + ".py"),
    ],
)
def test_a_file_name_is_cut_to_its_harmless_last_part(name: str, clean: str) -> None:
    assert read_upload(b"x = 1\n", name).file_name == clean
