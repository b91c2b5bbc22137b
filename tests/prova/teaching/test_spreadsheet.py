import csv
import io
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from prova.teaching.spreadsheet import csv_response, csv_text, plain


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "＝"])
def test_a_text_that_a_spreadsheet_could_run_is_led_by_an_apostrophe(start):
    assert str(plain(f"{start}cmd|' /C calc'!A0")).startswith("'")


@given(text=st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), max_size=20))
def test_an_ordinary_text_is_left_as_it_is(text):
    assert plain(text) == text


def test_a_negative_number_stays_a_number():
    assert plain(-1.5) == -1.5
    assert plain(-3) == -3


def test_a_missing_value_is_an_empty_cell():
    assert plain(None) == ""


def test_a_time_names_its_zone():
    with timezone.override("America/Sao_Paulo"):
        assert plain(datetime(2026, 3, 1, 12, 30, 5, tzinfo=UTC)) == "2026-03-01T09:30:05-03:00"


@given(rows=st.lists(st.lists(st.text(alphabet='a,"\n;é ', max_size=8), min_size=2, max_size=2), max_size=5))
def test_separators_quotes_and_line_ends_inside_a_cell_survive(rows):
    text = csv_text(["first", "second"], rows)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == rows


def test_the_download_is_utf_8_that_spreadsheets_recognise():
    response = csv_response("class.csv", ["nome"], [["Éric"]])
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="class.csv"'
    assert "Éric" in response.content.decode("utf-8-sig")
