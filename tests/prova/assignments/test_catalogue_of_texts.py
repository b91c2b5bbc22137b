import re
from pathlib import Path

from babel.messages.pofile import read_po
from prova.assignments import refusals

CATALOGUE = Path(refusals.__file__).parent / "locale" / "pt_BR" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+>")


def several(text):
    return list(text) if isinstance(text, list | tuple) else [text]


def test_every_text_is_translated_with_the_same_placeholders():
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="pt_BR") if message.id]
    assert len(messages) > 100
    for message in messages:
        assert not message.fuzzy
        for original, translation in zip(several(message.id), several(message.string), strict=True):
            assert translation
            assert sorted(PLACEHOLDER.findall(original)) == sorted(PLACEHOLDER.findall(translation))
