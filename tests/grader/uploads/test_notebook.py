import ast
import json
import time
import tracemalloc
from typing import Any

import pytest

from grader.messages import explain
from grader.report import Message
from grader.uploads.places import placed
from grader.uploads.reader import read_upload
from grader.uploads.upload import Upload, UploadRefused


def code(*lines: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": "\n".join(lines),
        "metadata": {},
        "outputs": [],
        "execution_count": 1,
    }


def notebook(*cells: dict[str, Any], **fields: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **fields}).encode()


def read(data: bytes) -> Upload:
    return read_upload(data, "hw.ipynb")


def refused(data: bytes) -> str:
    with pytest.raises(UploadRefused) as caught:
        read(data)
    assert all("{" not in explain(caught.value.message, language) for language in ("en", "pt-br"))
    return caught.value.code


def test_the_code_cells_become_one_text_that_is_python() -> None:
    text = {"cell_type": "markdown", "source": "# Not code"}
    lines = {**code(), "source": ["def g(x):\n", "    return x"]}

    upload = read(notebook(text, code("import math"), code(), lines, {"cell_type": "raw", "source": "raw"}))

    assert upload.source == (
        "# %% cell 1\nimport math\n\n# %% cell 2\n\n\n# %% cell 3\ndef g(x):\n    return x\n"
    )
    assert (upload.main, upload.modules, upload.notices) == ("hw.ipynb", {}, ())


def test_every_line_is_found_again_in_its_cell() -> None:
    cells = [code(*(f"x_{cell}_{line} = 1" for line in range(1, cell + 1))) for cell in range(1, 6)]
    upload = read(notebook(*cells))

    for number, line in enumerate(upload.source.splitlines(), start=1):
        if line.startswith("x"):
            there = placed(Message(key="k", params={"line": number}), cells=upload.cells).params
            assert line == f"x_{there['cell']}_{there['line']} = 1"


def test_an_error_is_told_by_cell_in_both_languages() -> None:
    message = Message(key="load_error_line", params={"kind": "NameError", "text": "x", "line": 7})
    there = placed(message, cells=(2, 6))

    assert "in line 2 of code cell 2 while" in explain(there, "en")
    assert "na linha 2 da célula de código 2 ao" in explain(there, "pt-br")
    assert "in line 7 of a.py while" in explain(placed(message, file="a.py"), "en")
    assert placed(Message(key="k", params={"line": 1, "file": "b.py"}), file="a.py").params["file"] == "b.py"
    assert placed(Message(key="k", params={"text": "x"}), cells=(1,)).params == {"text": "x"}


@pytest.mark.parametrize(
    ("cell", "python", "count"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1", 1),
        ("!pip install numpy \\\n  torch\nx = 1", "# !pip install numpy \\\n  pass  # torch\nx = 1", 1),
        ("if x:\n    !ls\n", "if x:\n    pass  # !ls\n", 1),
        ("files = !ls\nt = %timeit -o f()\n", "# files = !ls\n# t = %timeit -o f()\n", 2),
        ("f?\nnp.sum??\n?f\n", "# f?\n# np.sum??\n# ?f\n", 3),
        ("!echo \"it's\nx = 1", "# !echo \"it's\nx = 1", 1),
        ("%%time\nx = 1\n%time y = 2", "# %%time\nx = 1\n# %time y = 2", 2),
        ("\n%%timeit -n 3\nf()", "\n# %%timeit -n 3\nf()", 1),
        ("x = (7\n  % 2)\ny = 7 \\\n  % 2", None, 0),
        ('s = """\n%d and !x and what?\n"""\n', None, 0),
        ("s = 'a\\\n%b'\n# it's a comment\n", None, 0),
        ("a = b = '%s' % 3\nassert a != b\nx = 'why?'\n", None, 0),
        ("x = {'''a\n!b''': 1,\n  }\n", None, 0),
    ],
)
def test_what_only_a_notebook_understands_becomes_a_comment(
    cell: str, python: str | None, count: int
) -> None:
    upload = read(notebook(code("ok = True"), code(cell)))
    start = upload.cells[1] - 1
    wanted = (cell if python is None else python).rstrip()

    assert "\n".join(upload.source.split("\n")[start:]).rstrip() == wanted
    assert [notice.params.get("count") for notice in upload.notices] == ([count] if count else [])


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile helper.py", "%%javascript", "%% "])
def test_a_cell_in_another_language_is_left_out_and_said(magic: str) -> None:
    upload = read(notebook(code("x = 1"), code(magic, "rm -rf /", "", "  '''")))

    assert len(ast.parse(upload.source).body) <= 2
    assert upload.notices[0].params == {"cells": "2"}


def test_outputs_and_pictures_are_never_looked_at() -> None:
    outputs = [{"data": {"image/png": "A" * 900_000, "text/html": "{[,]}" * 100_000}}, {"text": ["\ud800"]}]

    assert read(notebook({**code("x = 1"), "outputs": outputs})).source == "# %% cell 1\nx = 1\n"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "no_notebook"),
        (b"{", "no_notebook"),
        (b"[]", "no_notebook"),
        (b"print(1)", "no_notebook"),
        (b"\xff\xfe{\0}\0", "no_notebook"),
        (b"PK\3\4", "no_notebook"),
        (b'{"nbformat": ' + b"9" * 10_000 + b"}", "no_notebook"),
        (b'{"nbformat": true, "cells": []}', "no_notebook"),
        (b'{"nbformat": 4, "cells": {}}', "no_notebook"),
        (b'{"nbformat": 4}', "no_notebook"),
        (notebook({"cell_type": "code"}), "no_notebook"),
        (notebook({"cell_type": "code", "source": ["a", 1]}), "no_notebook"),
        (notebook(nbformat=3), "notebook_version"),
        (notebook(nbformat=5), "notebook_version"),
        (notebook(metadata={"kernelspec": {"language": "julia"}}), "notebook_language"),
        (notebook(metadata={"language_info": {"name": "R"}}), "notebook_language"),
        (notebook(metadata=[1]), "empty"),
        (notebook({"cell_type": "markdown", "source": "x"}), "empty"),
        (notebook(code(" ")), "empty"),
        (notebook(code("x = '\0'")), "nul"),
        (notebook(code("x = '\ud800'")), "not_utf_8"),
        (notebook(code("#" * 300_000)), "too_big"),
        (notebook(*[code("#" * 100_000)] * 3), "too_big"),
        (b" " * (2 << 20) + b"x", "file_too_big"),
    ],
)  # fmt: skip
def test_what_is_no_notebook_in_python_is_refused(data: bytes, wanted: str) -> None:
    assert refused(data) == wanted


@pytest.mark.parametrize(
    "data",
    [
        b"[" * (2 << 20),
        b'{"a":' * 400_000,
        b"[" + b"[]," * 690_000 + b"[]]",
        b'{"nbformat": 4, "cells": [' + b'{"cell_type":"code"},' * 90_000 + b"{}]}",
        b'"' + b'\\"' * 1_000_000,
        (b'"' + b"\\" * 9) * 200_000,
        b'["' + '",["'.encode("utf-16-le") * 250_000,
        b"1" * (2 << 20),
    ],
    ids=["deep", "deep objects", "wide", "cells", "no end", "backslashes", "utf-16", "digits"],
)
def test_a_recursion_bomb_does_not_go_off(data: bytes) -> None:
    tracemalloc.start()
    started_s = time.thread_time()
    try:
        assert refused(data) in {"notebook_too_complex", "no_notebook", "file_too_big"}
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak_bytes < 100 << 20
    assert time.thread_time() - started_s < 4
