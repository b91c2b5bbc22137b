"""Handing in an archive and a notebook, in a real browser on a real site."""

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.end_to_end.journeys import RIGHT_CODE, WRONG_CODE, open_exercise, type_code
from tests.end_to_end.visitor import Visitor
from tests.grader.uploads.archives import packed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MAIN = "from quantizer import *\nfrom quantizer import choose_qparams\n"


def choose(visitor: Visitor, name: str, content: bytes) -> None:
    with visitor.page.expect_file_chooser() as opened:
        visitor.page.locator(".editor__choose").click()
    opened.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def drop(visitor: Visitor, files: dict[str, bytes]) -> None:
    """On the editor."""
    carried = visitor.page.evaluate_handle(
        """files => {
             const carried = new DataTransfer();
             for (const [name, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name));
             return carried;
           }""",
        [[name, list(content)] for name, content in files.items()],
    )
    visitor.page.dispatch_event(".editor__frame", "drop", {"dataTransfer": carried})


def submitted(visitor: Visitor) -> Locator:
    before = visitor.page.locator("#verdict").get_attribute("data-submission")
    visitor.page.locator(".editor__submit").click()
    verdict = visitor.page.locator(f'#verdict[data-state=graded]:not([data-submission="{before}"])')
    expect(verdict).to_be_visible()
    return verdict


def test_an_archive_is_graded_shown_file_by_file_and_goes_along_with_what_is_typed(visit):
    joao = visit("joao")
    joao.speak("English")
    open_exercise(joao)
    drop(joao, {"a.py": b"x = 1", "b.py": b"x = 2"})
    expect(joao.page.locator("#refused")).to_contain_text("Pack several files into one .zip")
    drop(joao, {"hw.zip": packed({"hw/../evil.py": "x"})})
    expect(joao.page.locator(".editor__chosen")).to_contain_text("hw.zip is handed in as it is")
    joao.page.locator(".editor__submit").click()
    expect(joao.page.locator("#refused")).to_contain_text("leads out of it")
    expect(joao.page.locator(".editor__chosen")).to_be_visible()
    joao.complaints.clear()  # Chromium writes a line for the answer 422

    choose(
        joao, "hw.zip", packed({"hw/submission.py": MAIN, "hw/quantizer.py": WRONG_CODE, "hw/notes.txt": "x"})
    )
    verdict = submitted(joao)
    expect(verdict).to_contain_text("only .py files are read from an archive: notes.txt")
    expect(verdict.locator(".slip").first).to_contain_text("levels")
    expect(joao.page.locator("#source")).to_have_value(MAIN)
    expect(joao.page.locator(".editor__kept")).to_contain_text("quantizer.py")

    type_code(joao, RIGHT_CODE)
    expect(submitted(joao)).to_contain_text("Full marks")
    joao.page.locator(".verdict__which a").click()
    expect(joao.page.locator("details.file")).to_have_count(2)
    joao.page.locator("details.file summary").nth(1).click()
    expect(joao.page.locator("details.file").nth(1)).to_contain_text("def choose_qparams")
    with joao.page.expect_download() as download:
        joao.page.get_by_role("link", name="Download quantizer.py").click()
    assert download.value.path().read_text() == WRONG_CODE


def test_a_notebook_is_graded_and_an_error_names_its_cell_in_portuguese(visit):
    maria = visit("maria")
    maria.speak("Português")
    open_exercise(maria)
    cells = [
        {"cell_type": "code", "source": text}
        for text in ("%matplotlib inline\nimport numpy as np", "x = 1\n1 / 0")
    ]
    choose(maria, "trabalho.ipynb", json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode())
    verdict = submitted(maria)
    expect(verdict).to_contain_text("na linha 2 da célula de código 2")
    expect(verdict).to_contain_text("viraram comentários")
    maria.page.locator(".verdict__which a").click()
    expect(maria.page.locator(".file__cell")).to_have_text(["Célula de código 1", "Célula de código 2"])
