from django.utils.translation import gettext as _

from prova.courses.levels import level_label
from prova.courses.topics import label_of
from questionbank.selection import Selection


def source_text(selection: Selection) -> str:
    """Which questions a pool draws from, in words."""
    if selection.slugs is not None:
        return ", ".join(selection.slugs)
    parts = [
        _("collection %s") % selection.collection if selection.collection else "",
        label_of(selection.topic) if selection.topic else "",
        level_label(selection.level) if selection.level else "",
        selection.item_type,
        ", ".join(f"#{tag}" for tag in selection.tags),
    ]
    return " · ".join(filter(None, parts)) or _("all questions")
