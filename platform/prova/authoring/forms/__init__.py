"""A question as plain form fields and back; pure, no Django."""

from prova.authoring.forms.reading import from_fields
from prova.authoring.forms.writing import to_fields

__all__ = ["from_fields", "to_fields"]
