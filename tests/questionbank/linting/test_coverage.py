from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from questionbank.actions import publish_question
from questionbank.items import ITEM_TYPES
from questionbank.linting.coverage import WIDTH, Covered, coverage
from questionbank.models import Origin
from questionbank.variant import Variant
from tests.questionbank.samples import LANGUAGES, RATIO_VARIANT, multiple_choice, numeric, ordering

HEADS = {"one": "single_choice", "many": "multiple_choice", "num": "numeric", "ordr": "ordering"}


def table_of(lines: list[str]) -> dict[tuple[str, str], dict[str, str]]:
    """(topic, level) -> {head: cell}, as a reader would look them up."""
    head = lines[0].split()
    found: dict[tuple[str, str], dict[str, str]] = {}
    topic = ""
    for line in lines[1:]:
        cells = line.split()
        if len(cells) < len(head) - 1 or ";" in line:
            continue
        if line[0] != " ":
            topic = cells[0] if cells[0] != "whole" else cells.pop(0)
            cells = cells[1:]
        found[topic, cells[0]] = dict(zip(head[2:], cells[1:], strict=True))
    return found


def test_every_question_is_counted_once_in_its_row_and_column() -> None:
    stale = multiple_choice(level="recall")
    stale = replace(stale, texts={**stale.texts, "en": replace(stale.texts["en"], revision=2)})
    other = replace(ordering(), topic="pruning")
    covered = [Covered(numeric(), 8), Covered(numeric(), 4), Covered(stale, 1), Covered(other, 1)]
    table = table_of(coverage(covered, LANGUAGES))
    apply = table["quantization", "apply"]
    assert (apply["num"], apply["all"], apply["par"], apply["var"], apply["pt-br"]) == (
        "2",
        "2",
        "2",
        "12",
        "2",
    )
    recall = table["quantization", "recall"]
    assert (recall["many"], recall["par"], recall["en"], recall["pt-br"]) == ("1", "·", "1", "·")
    assert table["pruning", "apply"]["ordr"] == "1"
    assert table["pruning", "recall"]["all"] == "·"
    assert table["whole", "all"]["all"] == "4"


def test_a_language_that_only_some_questions_speak_has_a_column_of_its_own() -> None:
    german = replace(numeric(), texts={**numeric().texts, "de": numeric().texts["en"]})
    table = table_of(coverage([Covered(german, 1)], LANGUAGES))
    assert table["whole", "all"]["de"] == "·"  # no objective in German
    assert table["whole", "all"]["en"] == "1"


def test_our_own_bank_fits_a_terminal_and_its_rows_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    from django.conf import settings

    from questionbank.bank import read_bank

    questions = read_bank(settings.QUESTIONS_DIR).questions
    lines = coverage([Covered(each.definition, 1) for each in questions], LANGUAGES)
    assert max(map(len, lines)) <= WIDTH
    table = table_of(lines)
    whole = table.pop(("whole", "all"))
    assert int(whole["all"]) == len(questions)
    assert sum(
        int(cell)
        for head, cell in whole.items()
        if head in lines[0].split()[2 : 2 + len(ITEM_TYPES)] and cell != "·"
    ) == len(questions)
    assert sum(
        int(row["all"].replace("·", "0")) for (topic, _), row in table.items() if topic != "whole"
    ) == len(questions)


@pytest.mark.django_db
def test_what_the_web_published_is_checked_and_counted_too() -> None:
    publish_question(numeric(), [RATIO_VARIANT], origin=Origin.WEB)
    wrong = replace(multiple_choice(), scoring="net_correct", objective={"en": "None."})
    publish_question(wrong, [Variant()], origin=Origin.WEB)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("lint_bank", "--database", "--coverage", stdout=out)
    assert ended.value.code == 1
    told = out.getvalue()
    assert "a-multiple-choice@1:1: error [language]" in told
    assert "2 questions, 2 variants: 1 errors" in told
    assert table_of(told.splitlines()[told.count("a-multiple-choice@1") :])["whole", "all"]["all"] == "2"
