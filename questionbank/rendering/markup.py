"""Authored Markdown to safe HTML: CommonMark and tables, no HTML, formulas as MathML, code coloured by classes."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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

from questionbank.rendering.allowed import ATTRIBUTES, TAGS
from questionbank.rendering.embedding import Pictures, embedded, marker, without_pictures
from questionbank.rendering.line_breaks import breakable
from questionbank.rendering.mathematics import mathml
from questionbank.rendering.numbers import Context
from questionbank.rendering.placeholders import DOLLAR, PLACEHOLDER, fill, shield, unshield
from questionbank.rendering.problem import RenderingProblem
from questionbank.variant import Variant

_MATHEMATICS = {"math_inline", "math_inline_double", "math_block"}
_NO_VARIANT = Variant().as_text
_CODE = {"code_inline", "code_block", "fence"}


class _Renderer(RendererHTML):
    def math_inline(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return breakable(mathml(tokens[i].content, env["language"], False))

    def math_block(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return f'<div class="formula">{mathml(tokens[i].content, env["language"], True)}</div>'

    def math_inline_double(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        return mathml(tokens[i].content, env["language"], True)

    def image(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        alt = self.renderInlineAsText(tokens[i].children, options, env)
        return marker(str(tokens[i].attrs.get("src", "")), alt)

    def fence(self, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> str:
        try:
            lexer = get_lexer_by_name(tokens[i].info.strip() or "text")
        except ClassNotFound:
            lexer = get_lexer_by_name("text")
        coloured = highlight(tokens[i].content, lexer, HtmlFormatter(nowrap=True))
        return f'<pre class="code"><code>{coloured}</code></pre>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    parser.use(dollarmath_plugin, double_inline=True, allow_labels=False)
    # the plugin registers renderers of its own; ours know the language
    for name in _MATHEMATICS:
        parser.add_render_rule(name, getattr(_Renderer, name))
    return parser


_PARSER = _parser()
#: Of one authored text.
MOST_CHARACTERS, MOST_BRACKETS = 40_000, 1_000


def render(
    source: str, language: str, variant: Variant, *, inline: bool = False, pictures: Pictures | None = None
) -> str:
    """Safe HTML. `inline` gives phrases without paragraphs, for a label or a table cell. `pictures` are the question's;
    without them a picture's alternative text stands in its place.

    Raises RenderingProblem where the text is at fault.
    """
    if _is_excessive(source):
        raise RenderingProblem("a text is too long, or has too many brackets", "divide it")
    used = variant.as_text if PLACEHOLDER.search(source) else _NO_VARIANT
    html = _rendered(source, language, used, inline)
    return without_pictures(html) if pictures is None else embedded(html, pictures)


def plain(source: str, language: str, variant: Variant) -> str:
    """The words and numbers a reader sees, without markup: for comparing texts and measuring their length."""
    bare = re.sub(r"<[^>]+>", "", render(source, language, variant, inline=True))
    return re.sub(r"\s+", " ", bare).strip()


def _is_excessive(source: str) -> bool:
    """Markdown looks for the end of a link from every bracket."""
    return len(source) > MOST_CHARACTERS or PLACEHOLDER.sub("", source).count("[") > MOST_BRACKETS


@dataclass(frozen=True)
class Parts:
    """An authored text taken apart, placeholders still in it."""

    prose: str
    formulas: tuple[str, ...]
    code: tuple[str, ...]
    #: (target, alternative text) of every picture; the text is among the prose too.
    pictures: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=5_000)
def parts_of(source: str) -> Parts:
    """Kept, since every rule about texts asks for it."""
    if _is_excessive(source):
        return Parts(source, (), ())
    prose: list[str] = []
    formulas: list[str] = []
    code: list[str] = []
    parsed = _PARSER.parse(shield(source), {})
    for token in _leaves(parsed):
        if token.type in _MATHEMATICS:
            formulas.append(unshield(token.content))
        elif token.type in _CODE:
            code.append(unshield(token.content))
        elif token.type == "text":
            prose.append(unshield(token.content))
        else:
            prose.append(" ")
    return Parts("".join(prose), tuple(formulas), tuple(code), tuple(_pictures(parsed)))


def _pictures(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        if token.type == "image":
            alt = RendererHTML().renderInlineAsText(token.children, _PARSER.options, {})
            yield str(token.attrs.get("src", "")), unshield(alt)
        yield from _pictures(token.children or ())


def _leaves(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.children:
            yield from _leaves(token.children)
        elif token.type != "inline":
            yield token


@lru_cache(maxsize=20_000)
def _rendered(source: str, language: str, variant_text: str, inline: bool) -> str:
    variant = Variant.from_json(json.loads(variant_text))
    env = {"language": language}
    shielded = shield(source)
    tokens = _PARSER.parseInline(shielded, env) if inline else _PARSER.parse(shielded, env)
    for token in tokens:
        _fill_token(token, variant, language)
    html = _PARSER.renderer.render(tokens, _PARSER.options, env)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener")


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
    if context is Context.PROSE:
        if "$" in token.content:
            raise RenderingProblem("a $ is left over", r"close the formula, or write \$ for the sign")
        token.content = token.content.replace(DOLLAR, "$")
