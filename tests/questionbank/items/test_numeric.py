import pytest

from questionbank.definition import ToleranceDefinition
from questionbank.items import ItemVerdict, ParseProblem, explain
from questionbank.items.numeric import Numeric
from questionbank.variant import Variant
from tests.questionbank.samples import RATIO_VARIANT, numeric


def ratio(variant: Variant = RATIO_VARIANT, **changes: object) -> Numeric:
    return Numeric(numeric(**changes), variant)


def answered(item: Numeric, text: str, language: str = "en") -> dict[str, object]:
    response = item.parse({"answer": text}, language=language)
    assert not isinstance(response, ParseProblem)
    return response


@pytest.mark.parametrize("language", ["en", "pt-br"])
@pytest.mark.parametrize("text", ["3.56", "3,56", "32/9", "3,5556 bits"])
def test_the_key_is_right_however_it_is_typed(text: str, language: str) -> None:
    item = ratio()
    assert item.score(answered(item, text, language)).verdict is ItemVerdict.RIGHT


def test_a_known_mistake_is_named_in_the_learners_language() -> None:
    item = ratio()
    after = item.feedback(answered(item, "4"), seed=0, language="pt-br")
    assert after.outcome.slip == "no_codebook"
    assert "Você esqueceu o codebook" in after.slip_html
    assert after.right_answer_html == "3,556\N{NO-BREAK SPACE}bit"


def test_the_right_answer_is_printed_without_idle_zeros() -> None:
    item = ratio(
        Variant(key=2.25, slips={"no_codebook": 4}), tolerance=ToleranceDefinition("absolute", 0.001)
    )
    assert item.key_text("pt-br") == "2,25"


def test_an_unknown_mistake_has_no_name() -> None:
    item = ratio()
    after = item.feedback(answered(item, "17"), seed=0, language="en")
    assert (after.outcome.verdict, after.outcome.slip, after.slip_html) == (ItemVerdict.WRONG, None, "")


def test_the_nearest_of_two_slips_is_meant() -> None:
    slips = {"no_codebook": None, "other": None}
    item = ratio(
        Variant(key=10, slips={"no_codebook": 4, "other": 4.5}),
        slips=slips,
        tolerance=ToleranceDefinition("absolute", 1),
    )
    assert item.score(answered(item, "4.4")).slip == "other"


def test_a_blank_field_is_blank_and_not_zero() -> None:
    item = ratio(Variant(key=0, slips={"no_codebook": 4}))
    assert item.score(answered(item, " ")).verdict is ItemVerdict.BLANK
    assert item.score(answered(item, "0")).verdict is ItemVerdict.RIGHT


def test_an_ambiguous_number_is_shown_as_it_was_read() -> None:
    item = ratio()
    response = answered(item, "1.024", "pt-br")
    page = item.present(seed=0, language="pt-br", response=response)
    assert (page.answer_text, page.reading) == ("1.024", "1024")


def test_a_plain_number_needs_no_reading() -> None:
    item = ratio()
    page = item.present(seed=0, language="pt-br", response=answered(item, "3,56", "pt-br"))
    assert (page.answer_text, page.reading) == ("3,56", "")


def test_what_was_read_stays_when_the_language_changes() -> None:
    item = ratio()
    response = answered(item, "1.024", "pt-br")
    assert item.present(seed=0, language="en", response=response).reading == "1024"


def test_a_wrong_unit_is_explained_not_marked() -> None:
    refused = ratio().parse({"answer": "3.5 byte"}, language="en")
    assert isinstance(refused, ParseProblem)
    assert "asked in bit" in explain(refused, "en")
    assert "byte" in explain(refused, "en")


def test_typed_markup_is_shown_as_text() -> None:
    after = ratio().feedback({"text": "<b>4</b>", "value": 4.0, "ambiguous": False}, seed=0, language="en")
    assert after.answer_html == "&lt;b&gt;4&lt;/b&gt;"
