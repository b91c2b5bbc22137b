"""The README as its reader takes it: examples that run, and links that lead somewhere."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import reference_impl

FOLDER = Path(reference_impl.__file__).parent
README = (FOLDER / "README.md").read_text()
EXAMPLE = re.compile(
    r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\]\((?!#)([^)]+)\)")


def test_the_examples_print_what_is_shown() -> None:
    namespace: dict[str, object] = {"__name__": "readme"}
    for example in EXAMPLE.finditer(README):
        before = README.count("\n", 0, example.start("code"))
        printed = StringIO()
        with redirect_stdout(printed):
            # line breaks first, so that a traceback names the line of the README
            exec(compile("\n" * before + example["code"], str(FOLDER / "README.md"), "exec"), namespace)  # noqa: S102
        assert printed.getvalue() == example["shown"], f"README.md, the example at line {before + 1}"


def test_every_block_of_code_shows_what_it_prints() -> None:
    assert README.count("```python") == len(EXAMPLE.findall(README)) > 0


def test_every_link_leads_to_a_file() -> None:
    assert [link for link in LINK.findall(README) if not (FOLDER / link).is_file()] == []


def test_every_module_is_one_click_away() -> None:
    modules = {
        path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py") if path.name != "__init__.py"
    }
    assert sorted(modules - set(LINK.findall(README))) == []
