"""The parts of a page that are the same for everybody who reads it in one language."""

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token, VariableNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Fixed(Node):
    """Written once for each language, then kept as long as the process lives."""

    def __init__(self, inside: NodeList) -> None:
        self._inside = inside
        self._written: dict[tuple[str | None, str], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), get_script_prefix())
        if key not in self._written:
            # Nothing of this request is in reach: what is kept here is shown to others.
            self._written[key] = self._inside.render(Context())
        return self._written[key]


def fixed(parser: Parser, token: Token) -> Fixed:
    """``{% fixed %}…{% endfixed %}``: texts, icons, addresses without arguments. TemplateSyntaxError: a variable in it."""
    inside = parser.parse(("endfixed",))
    parser.delete_first_token()
    for node in inside.get_nodes_by_type(VariableNode):
        if isinstance(node, VariableNode) and node.filter_expression.is_var:
            raise TemplateSyntaxError(f"{node.filter_expression.token} varies, and stands in a fixed part")
    return Fixed(inside)
