from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from prova.assignments.texts import visible


def highlighted_lines(source: str) -> list[SafeString]:
    """Python source as HTML, one entry per line; a token over several lines is closed and opened anew in each."""
    shown = visible(source.replace("\r\n", "\n"))
    lexer = PythonLexer(stripnl=False, ensurenl=True)
    html = highlight(shown, lexer, HtmlFormatter(nowrap=True))
    # Pygments escapes the source, and adds nothing but span elements with classes.
    return [mark_safe(line) for line in html.removesuffix("\n").split("\n")]
