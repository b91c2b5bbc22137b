"""What axe finds on a page and whether the page fits, in every language and theme, on a desk and on a phone."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.end_to_end.visitor import Visitor

LANGUAGES = {"en": "English", "pt-br": "Português"}
#: Every pair of language, theme and width comes up; all eight combinations took twice as long and found the same.
LOOKS = {"en": (("light", 1280), ("dark", 390)), "pt-br": (("dark", 1280), ("light", 390))}
#: whose answer depends on colours and widths; all rules are asked once per page and language
RULES_OF_LOOKS = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block")
SURPLUS_PX = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_RUN = """options => axe.run(document, options).then(report => report.violations.flatMap(
  rule => rule.nodes.slice(0, 3).map(node => `${rule.id}: ${node.target} ${node.failureSummary}\\n${node.html}`)))"""


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Of these rules, or of all. axe itself is brought to a page once, however often it is asked."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    only: dict[str, object] = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found: list[str] = page.evaluate(_RUN, {"resultTypes": ["violations"]} | only)
    return found


def faults(visitor: Visitor, name: str, looks: tuple[tuple[str, int], ...] = (("light", 1280),)) -> list[str]:
    """Of the page as it is, in these (theme, width in px): all rules once, then those that depend on the look."""
    found = []
    for number, (theme, width) in enumerate(looks):
        visitor.show_as(theme=theme, width=width)
        where = f"{name}, {theme}, {width} px"
        in_this_look = violations(visitor.page, RULES_OF_LOOKS if number else ())
        if (surplus := visitor.page.evaluate(SURPLUS_PX)) > 0:
            in_this_look.append(f"{surplus} px wider than the screen")
        if in_this_look:
            visitor.keep_screenshot(where)
        found += [f"{where}: {fault}" for fault in in_this_look]
    visitor.show_as(theme="auto", width=1280)
    return found


def looks_sound(visitor: Visitor, name: str) -> None:
    """In both languages and themes, on a desk and on a phone. AssertionError: what does not."""
    found = []
    for language, word in LANGUAGES.items():
        visitor.speak(word)
        found += faults(visitor, f"{name}, {language}", LOOKS[language])
    visitor.speak("English")
    assert not found, "\n".join(found)


def open_everything(page: Page) -> None:
    """What is folded away must be sound too; of a question's variants, which are all alike, the first two."""
    page.evaluate(
        'document.querySelectorAll("main details:not(.preview ~ .preview ~ .preview)")'
        ".forEach(each => each.open = true)"
    )
