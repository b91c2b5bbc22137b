from django.utils.translation import gettext as _

from prova.courses.levels import level_label
from prova.courses.texts import text_in
from prova.courses.topics import label_of
from prova.teaching.questions import kind_label
from questionbank.models import Collection
from questionbank.selection import Selection


def source_text(selection: Selection) -> str:
    """Which questions a pool draws from, in words."""
    if selection.slugs is not None:
        return ", ".join(selection.slugs)
    parts = [
        _("collection %s") % _collection_title(selection.collection) if selection.collection else "",
        label_of(selection.topic) if selection.topic else "",
        level_label(selection.level) if selection.level else "",
        kind_label(selection.item_type) if selection.item_type else "",
        ", ".join(f"#{tag}" for tag in selection.tags),
    ]
    return " · ".join(filter(None, parts)) or _("all questions")


def _collection_title(slug: str) -> str:
    collection = Collection.objects.filter(slug=slug).first()
    return text_in(collection.titles) if collection else slug
