"""Against the real database: each language in its own grammar."""

from dataclasses import replace

import pytest
from django.db import connection

from questionbank.actions import publish_question
from questionbank.duplicates import all_pairs, find_similar
from questionbank.indexing import index_missing
from questionbank.models import IndexCard, IndexedText, Question
from questionbank.search import excerpts, found_by, indexed_languages, matching_texts
from tests.questionbank.bank_of_many import many, published, question
from tests.questionbank.samples import RATIO_VARIANT, SCALE_VARIANT, single_choice

pytestmark = pytest.mark.django_db
BOTH = ("pt-br", "en")


def slugs(query: str, *languages: str) -> list[str]:
    found = found_by(Question.objects.all(), query, languages or BOTH)
    return list(found.order_by("-relevance", "slug").values_list("slug", flat=True))


@pytest.fixture
def three():
    published(
        "codes",
        "How many bits do the quantized weights of `zero_point` need at 0.5?",
        "Quantizações de 8 bits à 0,5?",
    )
    published(
        "masks",
        "A mask prunes the kernels; the ratio is 2:4.",
        "Uma máscara poda os núcleos na distância 2:4.",
    )
    published("only-english", "Entropy of a codebook with 3 symbols.")


def test_each_language_is_searched_in_its_own_grammar(three):
    assert slugs("pruning kernel", "en") == slugs("podas", "pt-br") == ["masks"]
    assert slugs("podas", "en") == []
    assert slugs("quantization") == ["codes"]


@pytest.mark.parametrize("spelling", ["quantização", "quantizacao", "QUANTIZACOES", "quantizações"])
def test_accents_and_endings_make_no_difference(three, spelling):
    assert slugs(spelling, "pt-br") == ["codes"]


def test_words_without_accents_are_found_and_marked_in_the_text_with_them(three):
    masks = Question.objects.get(slug="masks")
    found = excerpts([masks.pk], "distancia mascara", ["pt-br"])[masks.pk]
    assert [piece.text for piece in found.pieces if piece.is_match] == ["máscara", "distância"]
    assert found.language == "pt-br"


def test_code_words_and_numbers_are_found(three):
    assert slugs("zero_point") == slugs("zero point") == slugs("0.5") == slugs("0,5") == ["codes"]
    assert slugs("2:4") == ["masks"]


def test_phrases_alternatives_and_exclusions_work(three):
    assert slugs('"quantized weights"') == ["codes"]
    assert slugs('"weights quantized"') == []
    assert slugs("entropy or mask", "en") == ["masks", "only-english"]
    assert slugs("bits -zero_point", "en") == []


def test_what_is_no_word_finds_nothing_and_breaks_nothing(three):
    for query in ("", "the", "-", "' & | ! ( : *", '"', "\x00", "a" * 5000, "<b>"):
        assert slugs(query) == []


def test_a_stem_outweighs_options_and_explanations(three):
    publish_question(single_choice(), [SCALE_VARIANT])
    published("scale-in-the-stem", "Levels of a scale", "Níveis")
    assert slugs("levels", "en")[0] == "scale-in-the-stem"
    assert "a-single-choice" in slugs("levels", "en")


def test_another_version_is_found_by_its_words_and_not_by_the_old_ones(three):
    published("masks", "A teacher and its student")
    assert slugs("mask", "en") == []
    assert slugs("teacher", "en") == ["masks"]
    assert slugs("máscara", "pt-br") == []
    assert IndexedText.objects.filter(question__slug="masks").count() == 1
    assert IndexCard.objects.get(question__slug="masks").texts == {"en": "ok", "pt-br": "missing"}


def test_a_language_without_a_grammar_is_found_as_it_is_written():
    base = question("kanji", "Which bits?")
    texts = {**base.texts, "ja": base.texts["en"], "eo": base.texts["en"]}
    publish_question(replace(base, texts=texts), [RATIO_VARIANT])
    assert slugs("bits", "eo") == ["kanji"]
    assert slugs("bit", "eo") == []
    assert set(indexed_languages()) == {"en", "eo", "ja"}


def test_publishing_that_fails_leaves_no_trace_in_the_index(three, monkeypatch):
    before = list(IndexedText.objects.order_by("pk").values_list("text", flat=True))

    def fails(*_):
        raise RuntimeError("no more")

    monkeypatch.setattr("questionbank.actions.definition_of", fails)
    with pytest.raises(RuntimeError):
        published("masks", "A teacher and its student")
    assert list(IndexedText.objects.order_by("pk").values_list("text", flat=True)) == before


def test_what_was_published_before_the_index_is_indexed_once(three, django_assert_num_queries):
    IndexCard.objects.filter(question__slug="masks").delete()
    IndexedText.objects.filter(question__slug="masks").delete()
    IndexCard.objects.filter(question__slug="codes").update(made_by=0)
    assert index_missing() == 2
    assert slugs("mask", "en") == ["masks"]
    with django_assert_num_queries(1):
        assert index_missing() == 0


def test_among_hundreds_of_questions_words_and_likeness_are_looked_up_in_an_index(three):
    rows = many(300)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE questionbank_indexedtext")
    published("rare", "Thermometer codes of a photodiode", "Códigos")
    assert "indexed_text_document" in matching_texts("photodiode", BOTH).explain()
    text = IndexedText.objects.get(question=rows[7], language="en")
    with connection.cursor() as cursor:  # some hundred rows are few: reading them all is as cheap
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "indexed_text_bands" in IndexedText.objects.filter(bands__overlap=text.bands).explain()
    assert [each.slug for each in find_similar(text.text.split("\n")[1], "en")] == ["many-00007"]


def test_near_duplicates_are_told_with_whether_their_keys_are_equal(three):
    stem = "A layer of 1000 weights is pruned to 10 % and its indices take 8 bits. How many bytes are left?"
    published("layer", stem)
    published("layer-again", stem.replace("1000", "5000").upper())
    found = find_similar(stem, "en", but="layer")
    assert [each.slug for each in found] == ["layer-again"]
    assert find_similar(stem, "pt-br") == find_similar("", "en") == []
    (pair,) = all_pairs()
    assert (pair.one.slug, pair.other.slug, pair.same_key) == ("layer", "layer-again", True)


def test_looking_for_the_like_costs_one_query_and_all_pairs_two(three, django_assert_num_queries):
    many(30)
    for slug in ("one", "another"):
        published(slug, "A teacher teaches its student with soft targets")
    with django_assert_num_queries(1):
        find_similar("pruning quantization scale codebook", "en")
    with django_assert_num_queries(2):
        all_pairs()
