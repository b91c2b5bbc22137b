import re

import pytest
from babel.messages.pofile import read_po

from tests.prova.catalogues import SITE, marked_texts, translations

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}|</?\w+")


def test_every_text_of_the_site_exists_in_portuguese():
    known = translations()
    missing = sorted(
        {
            f"{text.file}:{text.line}: {text.forms[0]!r}"
            for text in marked_texts()
            if (text.forms[0], text.context) not in known
        }
    )
    assert not missing, "\n".join(missing)


def test_a_text_with_a_plural_has_both_forms_in_portuguese():
    known = translations()
    for text in marked_texts():
        if len(text.forms) == 2:
            assert len(known[text.forms[0], text.context]) == 2, text


def test_translations_keep_the_placeholders_and_tags():
    known = translations()
    for text in marked_texts():
        translated = known[text.forms[0], text.context]
        wanted = {frozenset(PLACEHOLDER.findall(form)) for form in text.forms}
        # One of something may be said without the number.
        allowed = wanted | {form - {"%(n)s", "%(n)d", "%(count)s"} for form in wanted}
        for form in translated:
            assert frozenset(PLACEHOLDER.findall(form)) in allowed, (text, form)


def test_no_catalogue_translates_what_nobody_says_any_more():
    said = {(text.forms[0], text.context) for text in marked_texts()}
    stale = sorted(f"{text!r}" for text, context in translations() if (text, context) not in said)
    assert not stale, "\n".join(stale)


@pytest.mark.parametrize(
    "file", sorted(SITE.rglob("locale/*/LC_MESSAGES/*.po")), ids=lambda file: file.parts[-5]
)
def test_no_entry_is_fuzzy_or_empty(file):
    with file.open("rb") as stream:
        for message in read_po(stream, locale="pt_BR"):
            if message.id:
                assert not message.fuzzy, message.id
                assert all(message.string if isinstance(message.string, tuple) else [message.string]), (
                    message.id
                )


def test_catalogues_agree_with_each_other():
    """At run time they are one: the second translation of a text would change a page of another app."""
    spoken: dict[object, set[object]] = {}
    for file in sorted(SITE.rglob("locale/pt_BR/LC_MESSAGES/*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="pt_BR"):
                if message.id:
                    key = message.id[0] if isinstance(message.id, tuple) else message.id
                    spoken.setdefault((key, message.context), set()).add(message.string)
    assert {text: forms for text, forms in spoken.items() if len(forms) > 1} == {}
