"""What the bank stores: questions in immutable versions with their variants, an index to find them by, and what people
order them with."""

from questionbank.models.assets import Asset
from questionbank.models.index import IndexCard, IndexedText
from questionbank.models.published import (
    Immutable,
    Origin,
    Published,
    PublishedQuerySet,
    Question,
    QuestionVersion,
    Variant,
)
from questionbank.models.shelves import Collection, CollectionItem, Tag

__all__ = [
    "Asset",
    "Collection",
    "CollectionItem",
    "Immutable",
    "IndexCard",
    "IndexedText",
    "Origin",
    "Published",
    "PublishedQuerySet",
    "Question",
    "QuestionVersion",
    "Tag",
    "Variant",
]
