"""The HTML an authored text may become. No style, no script, nothing that fetches: the page's security policy holds."""

PROSE_TAGS = {
    *("a", "br", "code", "div", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "span", "strong", "ul"),
    *("blockquote", "table", "tbody", "td", "th", "thead", "tr"),
}
MATHML_TAGS = {
    *(
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
    ),
    *("munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mstyle"),
    *("mpadded", "mphantom", "menclose", "mfenced"),
}
MATHML_ATTRIBUTES = {
    *("accent", "accentunder", "align", "columnalign", "columnlines", "columnspacing", "depth", "display"),
    *("displaystyle", "fence", "form", "frame", "height", "largeop", "linebreak", "linethickness", "lspace"),
    *("mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowalign", "rowlines", "rowspacing"),
    *("rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width", "xmlns"),
}
TAGS = PROSE_TAGS | MATHML_TAGS
ATTRIBUTES = dict.fromkeys(MATHML_TAGS, MATHML_ATTRIBUTES) | {
    "a": {"href", "title"},
    "code": {"class"},
    "div": {"class"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
}
