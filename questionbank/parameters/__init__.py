"""Parameters that an author declares instead of writing a program: what is drawn, and formulas for the rest."""

from questionbank.parameters.declaration import BadDeclaration, Declaration
from questionbank.parameters.expressions import CannotCompute

__all__ = ["BadDeclaration", "CannotCompute", "Declaration"]
