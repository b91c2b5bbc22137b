"""What every item promises, whatever its type: run over one of each type, and over the whole bank as it is published."""

import json
import re
from functools import cache
from html import unescape

import pytest
from django.conf import settings

from questionbank.bank import DrawnQuestion, draw_bank, read_bank
from questionbank.generators import all_generators
from questionbank.items import (
    ITEM_TYPES,
    Item,
    ItemOutcome,
    ItemVerdict,
    Marking,
    ParseProblem,
    Presentation,
    Response,
    bind,
)
from questionbank.items.choice import ChoiceItem
from questionbank.items.code_reading import CodeReading
from questionbank.items.gaps import Gaps
from questionbank.items.hotspot import Hotspot
from questionbank.items.numeric import Numeric
from questionbank.items.rows import RowItem
from questionbank.items.short_answer import ShortAnswer
from questionbank.rendering.placeholders import PLACEHOLDER
from tests.questionbank.samples import LANGUAGES, sample_items

SEEDS = (1, "attempt-7")


@cache
def published() -> dict[str, DrawnQuestion]:
    bank = draw_bank(read_bank(settings.QUESTIONS_DIR), all_generators())
    return {drawn.located.definition.id: drawn for drawn in bank.questions}


SAMPLES: dict[str, list[Item]] = {}
for _sample in sample_items():
    SAMPLES.setdefault(f"a sample of {_sample.type}", []).append(_sample)


def items_of(name: str) -> list[Item]:
    if name in SAMPLES:
        return SAMPLES[name]
    drawn = published()[name]
    return [bind(drawn.located.definition, variant, "salt") for variant in drawn.variants]


@pytest.fixture(params=[*SAMPLES, *published()])
def items(request: pytest.FixtureRequest) -> list[Item]:
    return items_of(request.param)


def test_there_is_a_sample_of_every_type() -> None:
    assert {items[0].type for items in SAMPLES.values()} == set(ITEM_TYPES)


def test_the_bank_is_as_large_as_promised() -> None:
    drawn = published().values()
    assert len(drawn) >= 45
    assert sum(len(each.variants) > 1 for each in drawn) >= 10


def test_the_right_response_earns_everything(items: list[Item]) -> None:
    for item in items:
        outcome = marked(item, item.right_response())
        assert (outcome.fraction, outcome.verdict) == (1.0, ItemVerdict.RIGHT)


def marked(item: Item, response: Response) -> ItemOutcome:
    """The outcome in the end; items that a person or the sandbox marks get full marks."""
    if item.needs_marking is Marking.NONE:
        return item.score(response)
    assert item.score(response).verdict is ItemVerdict.PENDING
    return item.score_marked(response, item.full_marks())


def test_a_blank_response_earns_nothing(items: list[Item]) -> None:
    for item in items:
        for blank in (None, {}, item.parse({}, language="en")):
            assert not isinstance(blank, ParseProblem)
            assert item.is_blank(blank)
            assert (item.score(blank).fraction, item.score(blank).verdict) == (0.0, ItemVerdict.BLANK)


def test_a_response_survives_the_database(items: list[Item]) -> None:
    for item in items:
        response = item.right_response()
        assert json.loads(json.dumps(response)) == response


def test_what_the_page_shows_as_right_is_right_when_given(items: list[Item]) -> None:
    for item in items:
        for language in LANGUAGES:
            if isinstance(item, RowItem):
                answer = row_values(item, language)
            elif isinstance(item, ChoiceItem):
                answer = [option.token for option in feedback(item, language).options if option.correct]
            elif item.needs_marking is not Marking.NONE:
                continue  # who marks decides
            elif isinstance(item, Gaps):
                answer = gap_values(item, language)
            elif isinstance(item, ShortAnswer | CodeReading):
                answer = [unescape(re.sub(r"<[^>]+>", "", feedback(item, language).right_answer_html))]
            elif isinstance(item, Hotspot):
                answer = item.answer_of(item.right_response(), language)
            else:
                assert isinstance(item, Numeric)
                answer = [item.typed_key(language)]
            response = item.parse({"answer": answer}, language=language)
            assert not isinstance(response, ParseProblem)
            assert item.score(response).fraction == 1.0


def row_values(item: RowItem, language: str) -> list[str]:
    """What a reader sends who answers each row with what the feedback says is right."""
    right = {row.text_html: row.right_html for row in feedback(item, language).rows}
    text = item.question.texts[language]
    labels = {
        item.choice_text(choice, text, language): place for place, choice in enumerate(item.choice_order(1))
    }
    rows = item.present(seed=1, language=language).rows
    return [row.choices[labels[right[row.text_html]]].value for row in rows]


def gap_values(item: Gaps, language: str) -> list[str]:
    """What a reader sends who fills each gap with what the feedback says is right."""
    told = {row.text_html: row.right_html for row in feedback(item, language).rows}
    values = []
    for gap in item.present(seed=1, language=language).gaps:
        right = unescape(told[f"{'Lacuna' if language == 'pt-br' else 'Gap'} {gap.number}"])
        labels = {choice.label: choice.value for choice in gap.choices}
        values.append(f"{gap.field}={labels[right] if labels else right}")
    return values


def feedback(item: Item, language: str):
    return item.feedback(item.right_response(), seed=1, language=language)


def test_the_presentation_holds_no_key_and_no_explanation(items: list[Item]) -> None:
    for item in items:
        for language in LANGUAGES:
            page = item.present(seed=1, language=language)
            sent = repr(page)
            text = item.question.texts[language]
            secrets = [
                text.explanation,
                *([text.model_answer] if text.model_answer else []),
                *text.slips.values(),
            ]
            secrets += [*text.regions.values(), *text.hints.values()]
            secrets += [written.explanation for written in text.options.values()]
            secrets += [written.explanation for written in text.gaps.values()]
            for secret in secrets:
                assert item.render(secret, language) not in sent
            ids = [*(option.id for option in item.question.options), *item.question.choices]
            ids += [each for gap in item.question.gaps for each in (gap.id, *gap.choices)]
            ids += [answer.id for answer in item.question.answers]
            assert not any(f"'{each}'" in sent for each in ids)
            assert not any(option.chosen for option in page.options)
            assert page.open_rows == len(page.rows) + len(page.gaps)


def test_right_and_wrong_options_look_alike_before_they_are_answered(items: list[Item]) -> None:
    for item in items:
        page = item.present(seed=1, language="en")
        assert {(len(option.token), option.token.isalnum()) for option in page.options} <= {(16, True)}
        values = values_of(page)
        assert len(set(values)) == len(values)
        assert {(len(value), value.isalnum()) for value in values} <= {(16, True)}


def test_the_same_seed_gives_the_same_page_and_the_same_order_in_every_language(items: list[Item]) -> None:
    for item in items:
        for seed in SEEDS:
            first, again = (item.present(seed=seed, language="en") for _ in range(2))
            assert first == again
            other = item.present(seed=seed, language="pt-br")
            assert [option.token for option in first.options] == [option.token for option in other.options]
            assert values_of(first) == values_of(other)


def values_of(page: Presentation) -> list[str]:
    both = [row.choices for row in page.rows] + [gap.choices for gap in page.gaps]
    return [choice.value for choices in both for choice in choices]


def test_rows_left_open_are_told_apart_and_cost_nothing(items: list[Item]) -> None:
    for item in items:
        if not isinstance(item, RowItem):
            continue
        whole = item.right_response()["rows"]
        one = {"rows": dict([next(iter(whole.items()))])}
        page = item.present(seed=1, language="en", response=one)
        assert page.open_rows == len(whole) - 1
        told = item.feedback(one, seed=1, language="en")
        assert sum(row.verdict is ItemVerdict.BLANK for row in told.rows) == len(whole) - 1
        assert all(bool(row.answer_html) == (row.verdict is not ItemVerdict.BLANK) for row in told.rows)
        assert item.score(one).fraction < 1


def test_every_text_renders_without_leftovers(items: list[Item]) -> None:
    for item in items:
        for language in LANGUAGES:
            page = item.present(seed=1, language=language)
            after = feedback(item, language)
            slips = [item.render(slip, language) for slip in item.question.texts[language].slips.values()]
            rendered = [
                page.stem_html,
                after.explanation_html,
                after.answer_html,
                after.right_answer_html,
                *slips,
                *(criterion.text_html for criterion in after.criteria),
                *(level.text_html for criterion in after.criteria for level in criterion.levels),
            ]
            rendered += [option.text_html for option in page.options]
            rendered += [option.explanation_html for option in after.options]
            rendered += [row.text_html for row in page.rows]
            rendered += [choice.label for row in page.rows for choice in row.choices if choice.label]
            rendered += page.choices_html
            rendered += ([page.code_html] if page.code_html else []) + [after.slip_html or "none"]
            rendered += [choice.label for gap in page.gaps for choice in gap.choices]
            rendered += [
                html for row in after.rows for html in (row.explanation_html, row.answer_html, row.right_html)
            ]
            for html in rendered:
                words = re.sub(r"<code>.*?</code>", "", html, flags=re.S)
                assert html.strip()
                assert not PLACEHOLDER.search(html)
                assert "$" not in words
                assert not re.search(r"[\ue000\ue001]|\\[a-z]", words)
            assert page.language == after.language == language


def test_an_item_type_that_shows_options_marks_the_saved_ones(items: list[Item]) -> None:
    for item in items:
        page = item.present(seed=1, language="en", response=item.right_response())
        if isinstance(item, ChoiceItem):
            chosen = sum(option.chosen for option in page.options)
            assert chosen == sum(option.correct for option in item.question.options)
        elif isinstance(item, RowItem):
            assert page.open_rows == 0
            assert all(sum(choice.chosen for choice in row.choices) == 1 for row in page.rows)
        elif page.hotspot:
            assert page.hotspot.marked == len(item.right_response()["points"])
        elif page.gaps:
            assert page.open_rows == 0
            assert all(gap.text or sum(choice.chosen for choice in gap.choices) == 1 for gap in page.gaps)
        else:
            assert page.answer_text
