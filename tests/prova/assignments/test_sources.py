import pytest
from hypothesis import given
from hypothesis import strategies as st
from prova.assignments.sources import (
    MAX_SOURCE_BYTES,
    BadSource,
    SourceError,
    clean_file_name,
    invisible_characters,
    read_source,
)

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(str.strip)


def refused(content, name=""):
    with pytest.raises(SourceError) as caught:
        read_source(content, name)
    return caught.value.reason


@given(any_text)
def test_a_text_is_kept_exactly_as_it_came(text):
    assert read_source(text) == text


@given(any_text.filter(lambda text: not text.startswith("\ufeff")))
def test_a_file_is_kept_exactly_as_it_came(text):
    assert read_source(text.encode(), "solution.py") == text


def test_a_byte_order_mark_is_no_part_of_the_program():
    assert read_source(b"\xef\xbb\xbfx = 1\n", "a.py") == "x = 1\n"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        ("", "", BadSource.EMPTY),
        (" \n\t\n", "", BadSource.EMPTY),
        (b"", "a.py", BadSource.EMPTY),
        ("x = '\0'", "", BadSource.NUL),
        (b"x\0", "a.py", BadSource.NUL),
        ("x = 1".encode("utf-16"), "a.py", BadSource.NUL),
        ("# ção".encode("latin-1"), "a.py", BadSource.NOT_UTF_8),
        ("x = '\ud800'", "", BadSource.NOT_UTF_8),
        (b"{}", "notebook.ipynb", BadSource.NOT_PYTHON),
        (b"PK\x03\x04", "all.zip", BadSource.NOT_PYTHON),
        ("#" * (MAX_SOURCE_BYTES + 1), "", BadSource.TOO_BIG),
        ("ç" * (MAX_SOURCE_BYTES // 2 + 1), "", BadSource.TOO_BIG),
        (b"#" * (MAX_SOURCE_BYTES + 10), "a.py", BadSource.TOO_BIG),
    ],
)
def test_what_cannot_be_graded_is_refused_with_its_reason(content, name, reason):
    assert refused(content, name) is reason


def test_the_largest_accepted_file_has_exactly_the_limit():
    assert len(read_source(b"#" * MAX_SOURCE_BYTES, "a.py")) == MAX_SOURCE_BYTES


def test_an_exercise_may_set_a_lower_limit():
    with pytest.raises(SourceError):
        read_source("x" * 1025, limit_bytes=1024)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("solution.py", "solution.py"),
        ("../../etc/passwd.py", "passwd.py"),
        (r"C:\Users\Lin\a.py", "a.py"),
        ("a\u202eyp.exe.py", "ayp.exe.py"),
        ("new\nline\0.py", "newline.py"),
        ("\ud800.py", ".py"),
        ("a" * 300 + ".py", "a" * 97 + ".py"),
    ],
)
def test_a_file_name_is_cut_to_its_harmless_last_part(name, clean):
    assert clean_file_name(name) == clean


def test_characters_that_hide_are_found_with_their_line():
    (found,) = invisible_characters("x = 1\ny = 2  # \u202e reversed\n")
    assert (found.line, found.code_point, found.name) == (2, "U+202E", "RIGHT-TO-LEFT OVERRIDE")


def test_ordinary_code_has_nothing_to_warn_of():
    assert invisible_characters("def f(x):\n\treturn 'ação → ok'  # é\r\n") == ()


def test_the_warning_stays_short():
    assert len(invisible_characters("\u200b" * 1000)) == 5
