from pathlib import Path

import pytest
from prova.embedded.up import read_choices


@pytest.mark.parametrize("arguments", [[], ["--host", "localhost"], ["--host", "::1"]])
def test_a_server_for_this_machine_needs_no_warning(arguments):
    assert read_choices(Path(), arguments).warning == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_a_server_for_others_says_what_it_is_meant_for(host):
    assert "put a proxy in front" in read_choices(Path(), ["--host", host]).warning
