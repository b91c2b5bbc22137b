"""Texts that a person would read and nobody marked for translation: in templates, in scripts and in Python."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.prova.catalogues import SITE

#: Names and codes, the same in every language.
NAMES = {"Prova", "· Prova", "Prova · Prova", "EN", "PT", "English", "Português", "prova login --token", "es"}
_TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*block (?:main_class|page_class|body_class)\s*%}.*?{%\s*endblock",
    re.S,
)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
_SPOKEN = {
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "placeholder",
    "label",
    "hx-confirm",
    "hx-prompt",
}
_WORD, _PHRASE = re.compile(r"[^\W\d_]{2,}"), re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_SILENT = {"script", "style", "code", "kbd", "svg"}

Said = tuple[str, int, str]


def in_templates() -> Iterator[Said]:
    for file in sorted(SITE.rglob("templates/**/*.html")):
        for line, text in in_template(file.read_text(encoding="utf-8")):
            yield str(file.relative_to(SITE)), line, text


def in_template(source: str) -> Iterator[tuple[int, str]]:
    parser = _Spoken()
    parser.feed(_TAG.sub(_only_its_lines, _TRANSLATED.sub(_only_its_lines, source)))
    parser.close()
    for line, text in parser.found:
        if " ".join(text.split()) not in NAMES:
            yield line, text


def _only_its_lines(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


class _Spoken(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        values = dict(attributes)
        is_button = tag == "input" and values.get("type") in ("submit", "button", "reset")
        for name, value in attributes:
            spoken = name in _SPOKEN or (name == "value" and is_button)
            # what a script shows begins as a sentence does; words in small letters are names
            carried = name.startswith("data-") and value is not None and value[:1].isupper()
            if value and ((spoken and _WORD.search(value)) or (carried and _PHRASE.search(value))):
                self.found.append((self.getpos()[0], value.strip()))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and _WORD.search(data):
            self.found.append((self.getpos()[0], data.strip()))


_SCRIPT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.S)
_SENTENCE = re.compile(r"[^\W\d_][\w’'-]*[,:;]?( [\w’'%-]+[,:;]?)+[.!?…]?")


def in_scripts() -> Iterator[Said]:
    for file in sorted((SITE / "static" / "prova").rglob("*.js")):
        for line, text in in_script(file.read_text(encoding="utf-8")):
            yield file.name, line, text


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """Texts in quotes that read as words, one after the other; selectors and class names hold other signs."""
    for found in _SCRIPT.finditer(source):
        text = re.sub(r"\$\{[^}]*\}", "N", found[0][1:-1])
        if found[0][0] in "\"'`" and _SENTENCE.fullmatch(text.strip()) and not _is_names(text):
            yield source.count("\n", 0, found.start()) + 1, text


def _is_names(text: str) -> bool:
    """Class names, elements and events, several in one text."""
    return not _PHRASE.search(text) or (text[:1].islower() and bool(re.search(r"--|\w-\w|, ", text)))


#: Calls whose texts end on a page, and which of their arguments.
_SPEAKS = {
    **{f"messages.{level}": (1, "message") for level in ("debug", "info", "success", "warning", "error")},
    **dict.fromkeys(("ValidationError", "forms.ValidationError", "PermissionDenied"), (0, "message")),
    **dict.fromkeys(("Refused", "Refusal", "HttpResponse", "HttpResponseBadRequest"), (0, "reason")),
}
_SPOKEN_ARGUMENTS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}


#: Operators read these at a terminal, in English.
_AT_A_TERMINAL = {"migrations", "management", "embedded", "prepare.py"}


def in_python() -> Iterator[Said]:
    for file in sorted(SITE.rglob("*.py")):
        if not _AT_A_TERMINAL & set(file.parts):
            for line, text in in_source(file.read_text(encoding="utf-8")):
                yield str(file.relative_to(SITE)), line, text


def in_source(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            place, name = _SPEAKS.get(ast.unparse(node.func), (len(node.args), ""))
            spoken = [*node.args[place : place + 1]] if name else []
            spoken += [each.value for each in node.keywords if each.arg in {name, *_SPOKEN_ARGUMENTS} - {""}]
            for text in filter(None, map(_plain, spoken)):
                yield node.lineno, text
        elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            yield from _labels(node)


def _labels(choices: ast.ClassDef) -> Iterator[tuple[int, str]]:
    for each in choices.body:
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Tuple) and len(each.value.elts) > 1:
            text = _plain(each.value.elts[-1])
            if text:
                yield each.lineno, text


def _plain(node: ast.expr) -> str:
    """The text if it is one, with words in it, and not the argument of a translating function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if _WORD.search(node.value) else ""
    if isinstance(node, ast.JoinedStr):
        return ast.unparse(node) if _PHRASE.search(ast.unparse(node)) else ""
    if isinstance(node, ast.BinOp):
        return _plain(node.left)
    return ""


def silent_choices() -> Iterator[tuple[str, Path]]:
    """(`get_…_display`, file) where a page asks for the label of choices."""
    for file in [*SITE.rglob("templates/**/*.html"), *SITE.rglob("*.py")]:
        for found in re.finditer(r"get_\w+_display", file.read_text(encoding="utf-8")):
            yield found[0], file
