"""Whatever the reader and the rules can say is said in every language of the pages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import questionbank
from questionbank.draw_problem import catalogue
from questionbank.finding_texts import templates, told
from questionbank.findings import Finding

LANGUAGES = ("pt-br",)
ROOT = Path(questionbank.__file__).parent
#: Calls whose argument is read by an author. Commands and files alone speak from the other folders.
SPEAKING = {
    *("problem", "finding", "add", "missing", "_not_a_code", "_unreadable"),
    *("BadDeclaration", "BadExpression", "BadImage", "CannotCompute", "DrawingProblem", "RenderingProblem"),
    *("Finding", "YamlProblem"),
}
SILENT = {"content_files", "management", "migrations", "models"}
COMMANDS = {"bank.py", "loading.py", "canonical.py", "program_runs.py", "tags.py"}
HOLE = re.compile(r"(?<!\{)\{[a-z_0-9]+\}(?!\})")


@cache
def spoken() -> tuple[tuple[str, str], ...]:
    """(where, the text with {} where something is put in)"""
    return tuple(_spoken())


def _spoken() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.rglob("*.py")):
        if SILENT & set(file.relative_to(ROOT).parts) or file.name in COMMANDS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for text in _texts_of(node):
                yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", text


def _texts_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) in SPEAKING:
        for argument in node.args:
            for each in [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]:
                yield from _text(each)
    elif isinstance(node, ast.Yield | ast.Return | ast.Assign) and node.value is not None:
        yield from (text for text in _text(node.value) if re.search(r"[a-z]; [a-z]", text))


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    elif isinstance(node, ast.BinOp):
        yield "".join([*_text(node.left), "{}"])


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def plain(template: str) -> str:
    return HOLE.sub("{}", template).replace("{{", "{").replace("}}", "}")


def test_there_is_something_to_be_translated():
    assert len(spoken()) > 180


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_a_text_in_every_language(language):
    known = {plain(each.en) for each in templates() if each.texts.get(language, "").strip()}
    known.add("{}: {}")
    lacking = {text: where for where, text in spoken() if text not in known and text != "{}"}
    assert not lacking, "write them in questionbank/finding_texts.toml"


def test_every_text_says_what_differs_from_case_to_case():
    for template in templates():
        for language, text in template.texts.items():
            assert set(HOLE.findall(text)) == set(HOLE.findall(template.en)), (language, text)


def test_no_message_of_the_catalogue_is_left_over():
    said = {text for _where, text in spoken()}
    drawing = {plain(texts["en"]) for texts in catalogue().values()}
    known_elsewhere = re.compile(
        r"only in |write it so|add “pin|.* differ |.*longer than|a reference \(|line |.*: \{\}$"
    )
    left = {plain(each.en) for each in templates()} - said - drawing
    assert not {each for each in left if not known_elsewhere.match(each)}


@pytest.mark.parametrize(
    ("english", "portuguese"),
    [
        (
            "option steps, text: [[x]] stands for nothing: the variant of this question knows [[key]]",
            "alternativa steps, texto: [[x]] não representa nada: a variante desta questão conhece [[key]]",
        ),
        (
            "stem: numbers differ (only in en: 8; only in pt-br: 9); all languages must say the same",
            "enunciado: os números diferem (só em en: 8; só em pt-br: 9); todas as línguas precisam dizer o mesmo",
        ),
        (
            "variant 0: options a and b both read “3” (en); make them different",
            "variante 0: as alternativas a e b ficam iguais: “3” (en); torne-as diferentes",
        ),
        (
            "image chart: 2 names for 3 bars: name each bar once",
            "imagem chart: 2 nomes para 3 barras: dê um nome a cada barra",
        ),
        ("“code” is missing or empty; write it", "“code” falta ou está vazio; escreva-o"),
        ("nothing that the code says", "nothing that the code says"),
    ],
)
def test_a_message_inside_another_is_told_in_the_same_language(english, portuguese):
    assert told(english, "pt-BR") == portuguese
    assert Finding(Path("f"), 1, "r", english).text("en") == english
    assert Finding(Path("f"), 1, "r", english).text("fr") == english


def test_no_message_is_written_twice():
    written = [plain(each.en) for each in templates()]
    assert not sorted({each for each in written if written.count(each) > 1})
