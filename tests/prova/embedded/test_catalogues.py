import gettext
import os

import pytest
from babel.messages.pofile import PoFileError
from prova.embedded.catalogues import compile_catalogues

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Save"
msgstr "Salvar"

msgid "%(n)s try"
msgid_plural "%(n)s tries"
msgstr[0] "%(n)s tentativa"
msgstr[1] "%(n)s tentativas"
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "app" / "locale" / "pt_BR" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    return path


def test_texts_and_plurals_are_there_afterwards(tmp_path, source):
    (written,) = compile_catalogues([tmp_path])
    with written.open("rb") as stream:
        texts = gettext.GNUTranslations(stream)
    assert texts.gettext("Save") == "Salvar"
    assert texts.ngettext("%(n)s try", "%(n)s tries", 2) == "%(n)s tentativas"


def test_only_what_changed_is_compiled_again(tmp_path, source):
    (written,) = compile_catalogues([tmp_path])
    assert compile_catalogues([tmp_path]) == []
    later = written.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogues([tmp_path]) == [written]


def test_a_broken_catalogue_leaves_no_half_file(tmp_path, source):
    source.write_text('msgid "Save"\nthis is no catalogue\n')
    with pytest.raises(PoFileError):
        compile_catalogues([tmp_path])
    assert not source.with_suffix(".mo").exists()
