"""Authored Markdown to safe HTML: CommonMark and tables, no HTML, formulas as MathML, code coloured by classes."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from questionbank.rendering.mathematics import mathml
from questionbank.rendering.numbers import Context
from questionbank.rendering.placeholders import fill, shield
from questionbank.rendering.problem import RenderingProblem
from questionbank.variant import Variant

_MATHEMATICS = {"math_inline", "math_inline_double", "math_block"}
_CODE = {"code_inline", "code_block", "fence"}
_PROSE_TAGS = set(
    ["a", "br", "code", "div", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "blockquote"]
)
_MATHML_TAGS = set(
    ["math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom", "menclose", "mfenced", "merror"]
)
_MATHML_ATTRIBUTES = set(
    ["accent", "accentunder", "align", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle", "fence", "form", "frame", "height", "largeop", "linebreak", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowalign", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width", "xmlns"]
)
_ATTRIBUTES = dict.fromkeys(_MATHML_TAGS, _MATHML_ATTRIBUTES) | {
    "a": {"href", "title"},
    "code": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
}


class _Renderer(RendererHTML):
    def math_inline(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return mathml(tokens[i].content, env["language"], False)

    def math_block(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return f'<div class="formula">{mathml(tokens[i].content, env["language"], True)}</div>'

    def math_inline_double(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return mathml(tokens[i].content, env["language"], True)

    def fence(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        try:
            lexer = get_lexer_by_name(tokens[i].info.strip() or "text")
        except ClassNotFound:
            lexer = get_lexer_by_name("text")
        coloured = highlight(tokens[i].content, lexer, HtmlFormatter(nowrap=True))
        return f'<pre class="code"><code>{coloured}</code></pre>'


def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table").disable("image")
    )
    parser.use(dollarmath_plugin, double_inline=True, allow_labels=False)
    # the plugin registers renderers of its own; ours know the language
    for name in _MATHEMATICS:
        parser.renderer.rules[name] = getattr(parser.renderer, name)
    return parser


_PARSER = _parser()


def render(source: str, language: str, variant: Variant, *, inline: bool = False) -> str:
    """Safe HTML. `inline` gives phrases without paragraphs, for a label or a table cell.

    Raises RenderingProblem where the text is at fault.
    """
    return _rendered(source, language, variant.as_text, inline)


def plain(source: str, language: str, variant: Variant) -> str:
    """The words and numbers a reader sees, without markup: for comparing texts and measuring their length."""
    bare = re.sub(r"<[^>]+>", "", render(source, language, variant, inline=True))
    return re.sub(r"\s+", " ", bare).strip()


@lru_cache(maxsize=20_000)
def _rendered(source: str, language: str, variant_text: str, inline: bool) -> str:
    variant = Variant.from_json(json.loads(variant_text))
    env = {"language": language}
    shielded = shield(source)
    tokens = _PARSER.parseInline(shielded, env) if inline else _PARSER.parse(shielded, env)
    for token in tokens:
        _fill_token(token, variant, language)
    html = _PARSER.renderer.render(tokens, _PARSER.options, env)
    return nh3.clean(html, tags=_PROSE_TAGS | _MATHML_TAGS, attributes=_ATTRIBUTES, link_rel="noopener")


def _fill_token(token: Token, variant: Variant, language: str) -> None:
    for child in token.children or ():
        _fill_token(child, variant, language)
    if token.type in _MATHEMATICS:
        context = Context.MATHEMATICS
    elif token.type in _CODE:
        context = Context.CODE
    elif token.type == "text":
        context = Context.PROSE
    else:
        return
    token.content = fill(token.content, variant, language, context)
    if context is Context.PROSE and re.search(r"(?<!\\)\$", token.content):
        raise RenderingProblem("a $ is left over", r"close the formula, or write \$ for the sign")
