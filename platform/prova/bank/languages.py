"""Names of languages, and of the state a text is in."""

from django.conf.locale import LANG_INFO

from prova.teaching.questions import TextState, labels


def name_of(code: str) -> str:
    """In the language itself; the code where nobody knows it."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.split("-")[0]) or {}
    name = str(known.get("name_local", code))
    return name[:1].upper() + name[1:]


def state_label(state: str) -> str:
    return labels(TextState).get(str(state), str(state))
