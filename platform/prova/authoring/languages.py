"""Names of the languages a question may be written in."""

from django.conf.locale import LANG_INFO

#: Offered first in the list of languages to add; any other code may be typed.
OFFERED = ("en", "pt-br", "es", "fr", "de", "it", "pt")


#: Shorter than Django says it, and as the switch in the page's head does.
_NAMES = {"pt-br": "Português (Brasil)"}


def name_of(code: str) -> str:
    """In the language itself, as a reader of it would look for it; the code where nobody knows it."""
    if code in _NAMES:
        return _NAMES[code]
    for candidate in (code, code.split("-")[0]):
        if candidate in LANG_INFO and "name_local" in LANG_INFO[candidate]:
            name = str(LANG_INFO[candidate]["name_local"])
            return name[:1].upper() + name[1:]
    return code


def offered(written: list[str]) -> list[tuple[str, str]]:
    return [(code, name_of(code)) for code in OFFERED if code not in written]
