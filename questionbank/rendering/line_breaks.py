"""Where a narrow page may break an inline formula. Browsers keep a formula on one line, however long it is."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_MATHML = "http://www.w3.org/1998/Math/MathML"
ElementTree.register_namespace("", _MATHML)
#: A line may begin with one of these, as in print.
_RELATIONS = frozenset("=≈≠≤≥<>→⇒")
#: Symbols that fit on a line of the narrowest page.
_SHORT = 10


def breakable(mathml: str) -> str:
    """A long formula as several, each from one relation to the next; a short one as it is."""
    formula = ElementTree.fromstring(mathml)
    row = formula[0] if len(formula) == 1 and formula[0].tag == f"{{{_MATHML}}}mrow" else None
    if row is None or len(list(formula.itertext())) <= _SHORT:
        return mathml
    return "".join(_formula(formula, piece) for piece in _pieces(row))


def _pieces(row: Element) -> Iterator[list[Element]]:
    piece: list[Element] = []
    for element in row:
        if piece and element.text in _RELATIONS and len(element) == 0:
            yield piece
            piece = []
        piece.append(element)
    yield piece


def _formula(whole: Element, piece: list[Element]) -> str:
    formula = Element(whole.tag, whole.attrib)
    row = ElementTree.SubElement(formula, f"{{{_MATHML}}}mrow")
    row.extend(piece)
    return ElementTree.tostring(formula, encoding="unicode")
