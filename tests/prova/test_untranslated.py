"""Nothing that a person reads escapes translation, and Portuguese messages speak as the field does."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.functional import Promise

from questionbank.linting.glossary import forbidden_in, glossaries
from tests.prova import plain_texts
from tests.prova.catalogues import SITE

#: Placeholders, and ids such as bits-of-a-codebook.
_NO_PROSE = re.compile(r"%\(\w+\)\w|\w+(?:-\w+)+")
BANK = SITE.parents[1] / "questionbank"


@pytest.mark.parametrize("where", ["in_templates", "in_scripts", "in_python"])
def test_every_text_that_a_person_reads_is_marked_for_translation(where: str) -> None:
    found = [f"{file}:{line}: {text!r}" for file, line, text in getattr(plain_texts, where)()]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>Two words</p>", ["Two words"]),
        ("{% translate 'Two words' %} {{ name }} <p>{# a note #}</p>", []),
        ("{% blocktranslate count n=n %}One <b>word</b>{% plural %}words{% endblocktranslate %}", []),
        (
            '<img alt="A plot"><input type="submit" value="Send"><input type="text" value="typed">',
            ["A plot", "Send"],
        ),
        (
            '<a title="{% translate "Go" %}" data-said="Two words" data-kind="one" class="no words">→</a>',
            ["Two words"],
        ),
        ("<code>two words</code><script>let two_words;</script>12 · %", []),
    ],
)
def test_plain_text_in_a_template_is_found(template: str, said: list[str]) -> None:
    assert [text for _line, text in plain_texts.in_template(template)] == said


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('box.textContent = "Saved at once.";', ["Saved at once."]),
        ("// a comment with words\nfind('.a b', \"is-open is-new\")", []),
        ("x = `${n} answers left`", ["N answers left"]),
        ("text.dataset.saved", []),
    ],
)
def test_plain_text_in_a_script_is_found(script: str, said: list[str]) -> None:
    assert [text for _line, text in plain_texts.in_script(script)] == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('messages.success(request, "It is saved.")', ["It is saved."]),
        ('messages.success(request, _("It is saved."))', []),
        ('forms.CharField(label="Name", initial="one two")', ["Name"]),
        (
            'class Kind(models.TextChoices):\n    A = "a", "First"\n    B = "b", _("Second")\n    C = "c"',
            ["First"],
        ),
        ('raise ValidationError("%s is wrong" % name)', ["%s is wrong"]),
    ],
)
def test_plain_text_in_python_is_found(source: str, said: list[str]) -> None:
    assert [text for _line, text in plain_texts.in_source(source)] == said


def test_choices_that_a_page_names_are_translated() -> None:
    asked = {name for name, _file in plain_texts.silent_choices()}
    labels: dict[str, bool] = {}
    for model in apps.get_models():
        if model.__module__.startswith(("prova.", "questionbank.")):
            for field in model._meta.concrete_fields:
                # a name that several models have is translated if one of them is
                translated = all(isinstance(label, Promise) for _value, label in field.choices or ())
                name = f"get_{field.name}_display"
                if field.choices:
                    labels[name] = labels.get(name, False) or translated
    assert asked
    assert [name for name in asked if not labels.get(name, True)] == []


def portuguese() -> list[tuple[str, str, str]]:
    """(file, English, Portuguese) of every message."""
    found = []
    for file in sorted(SITE.rglob("locale/pt_BR/LC_MESSAGES/*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="pt_BR"):
                forms = [message.id] if isinstance(message.id, str) else list(message.id)
                said = [message.string] if isinstance(message.string, str) else list(message.string or ())
                found += [(file.parts[-5], str(forms[-1]), str(each)) for each in said if message.id]
    return found


def test_messages_in_portuguese_say_nothing_that_is_never_right() -> None:
    wrong = [
        f"{app}: “{said}”: write “{right}” for “{found}”"
        for app, _english, said in portuguese()
        for found, right in forbidden_in(said, glossaries()["pt-br"])
    ]
    assert not wrong, "\n".join(wrong)


def test_messages_in_portuguese_use_the_terms_of_the_field() -> None:
    wrong = [
        f"{app}: “{english}” is said as “{said}”, without {term.pattern}"
        for app, english, said in portuguese()
        for source, term in glossaries()["pt-br"].expected["en"]
        if source.search(_NO_PROSE.sub(" ", english)) and not term.search(said)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "file",
    [file for file in sorted(BANK.glob("**/*messages.toml")) if "exercises" not in file.parts],
    ids=lambda file: file.name,
)
def test_phrases_of_the_bank_exist_in_both_languages_with_the_same_placeholders(file: Path) -> None:
    for name, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(texts) >= {"en", "pt-br"}, name
        placeholders = {frozenset(re.findall(r"{(\w+)", text)) for text in texts.values()}
        assert len(placeholders) == 1, name
