import re

import pytest
from prova.static_files import HashedFiles

from tests.prova.catalogues import SITE

SCRIPTS = sorted((SITE / "static" / "prova").rglob("*.js"))
((_files, OURS),) = [each for each in HashedFiles.patterns if each[0] == "prova/*.js"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_import_of_our_scripts_gets_the_hash_of_what_it_imports(script):
    text = script.read_text()
    imports = re.findall(r"^import\b.*$", text, re.MULTILINE)
    found = [match for pattern, _new in OURS for match in re.finditer(pattern, text)]
    assert len(found) == len(imports)
    for match in found:
        assert (script.parent / match["url"]).exists()
