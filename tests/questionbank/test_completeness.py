from dataclasses import replace

import pytest

from questionbank.completeness import LanguageState, missing_languages, missing_parts, state_of
from questionbank.definition import OptionText, QuestionDefinition
from tests.questionbank.samples import LANGUAGES, sample_items, single_choice

SAMPLES = [item.question for item in sample_items()]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.type)
def test_a_sample_is_whole_in_its_languages_and_missing_in_every_other(sample: QuestionDefinition) -> None:
    assert missing_languages(sample, LANGUAGES) == {}
    assert missing_languages(sample, ["de"]) == {"de": LanguageState.MISSING}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.type)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_any_one_of_its_parts_is_missing(
    sample: QuestionDefinition, language: str
) -> None:
    def leaves(data: dict) -> list[tuple[dict, str]]:
        nested = [each for value in data.values() if isinstance(value, dict) for each in leaves(value)]
        return nested + [(data, key) for key, value in data.items() if isinstance(value, str) and value]

    count = len(leaves(sample.to_json()["texts"][language]))
    assert count >= 2
    for number in range(count):
        data = sample.to_json()
        # a picture's or a gap's words may be said by one language alone; what the source says, every other must
        holder, key = leaves(data["texts"][language])[number]
        holder[key] = " "
        without = QuestionDefinition.from_json(data)
        if language != "en" or next(missing_parts(without, language), None):
            assert state_of(without, language) is LanguageState.MISSING, key


def test_a_translation_older_than_the_source_is_stale() -> None:
    sample = single_choice()
    newer = replace(sample.texts["en"], revision=2)
    question = single_choice(texts={**sample.texts, "en": newer})
    assert missing_languages(question, LANGUAGES) == {"pt-br": LanguageState.STALE}
    assert state_of(replace(question, source_language="pt-br"), "en") is LanguageState.OK


def test_what_is_missing_comes_before_what_is_old() -> None:
    sample = single_choice()
    text = sample.texts["pt-br"]
    holed = replace(text, options={**text.options, "steps": OptionText("", "Certo.")})
    question = single_choice(texts={"en": replace(sample.texts["en"], revision=2), "pt-br": holed})
    assert state_of(question, "pt-br") is LanguageState.MISSING
    assert list(missing_parts(question, "pt-br")) == [("texts", "pt-br", "options", "steps", "text")]


def test_a_question_without_any_text_is_missing_everywhere() -> None:
    question = single_choice(texts={}, objective={}, convention={})
    assert missing_languages(question, LANGUAGES) == dict.fromkeys(LANGUAGES, LanguageState.MISSING)
