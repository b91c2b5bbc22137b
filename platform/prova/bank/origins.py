"""Where a version was written."""

from django.utils.translation import gettext_lazy as _

_LABELS = {"files": _("files"), "web": _("this site")}


def origin_label(origin: str) -> str:
    return str(_LABELS.get(origin, origin))


def origin_labels() -> dict[str, str]:
    return {origin: str(label) for origin, label in _LABELS.items()}
