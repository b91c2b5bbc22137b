from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from prova.assignments.texts import visible

#: Pygments takes seconds for long runs of some characters; what people write is shorter
MOST_CHARS, LONGEST_LINE_CHARS = 64 * 1024, 4000


def highlighted_lines(source: str) -> list[SafeString]:
    """Python source as HTML, one entry per line; a token over several lines is closed and opened anew in each.

    Without colours where the source or a line of it is longer than any that is read.
    """
    shown = visible(source.replace("\r\n", "\n"))
    lines = shown.removesuffix("\n").split("\n")
    if len(shown) > MOST_CHARS or max(map(len, lines)) > LONGEST_LINE_CHARS:
        return [escape(line) for line in lines]
    lexer = PythonLexer(stripnl=False, ensurenl=True)
    html = highlight(shown, lexer, HtmlFormatter(nowrap=True))
    # Pygments escapes the source, and adds nothing but span elements with classes.
    return [mark_safe(line) for line in html.removesuffix("\n").split("\n")]
