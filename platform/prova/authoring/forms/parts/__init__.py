"""The parts of a question that have a form of their own beside its plain fields; pure, no Django."""

from prova.authoring.forms.parts.code import CODE
from prova.authoring.forms.parts.gaps import GAPS
from prova.authoring.forms.parts.images import IMAGES
from prova.authoring.forms.parts.number_units import NUMBER_UNITS
from prova.authoring.forms.parts.parameters import PARAMETERS
from prova.authoring.forms.parts.part import Part
from prova.authoring.forms.parts.regions import REGIONS
from prova.authoring.forms.parts.rubric import RUBRIC
from prova.authoring.forms.parts.short_answers import SHORT_ANSWERS
from prova.authoring.forms.parts.text_rules import TEXT_RULES

__all__ = [
    "CODE",
    "GAPS",
    "IMAGES",
    "NUMBER_UNITS",
    "PARAMETERS",
    "REGIONS",
    "RUBRIC",
    "SHORT_ANSWERS",
    "TEXT_RULES",
    "Part",
]
