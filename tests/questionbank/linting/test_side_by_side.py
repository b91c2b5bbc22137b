from dataclasses import replace

from questionbank.definition import OptionText
from questionbank.linting.side_by_side import side_by_side
from tests.questionbank.samples import single_choice


def test_two_languages_that_say_the_same_do_not_differ():
    compared = side_by_side(single_choice(), "pt-br")
    assert compared.differences == 0
    stem = next(place for place in compared.places if place.place == ("stem",))
    assert [[part.text for part in kind.source] for kind in stem.parts if kind.kind == "placeholders"] == [
        ["[[hi]]", "[[lo]]"]
    ]
    assert compared.counts == (("options", 3, 3),)


def test_what_only_one_language_says_is_marked_on_its_side():
    question = single_choice()
    changed = replace(question.texts["pt-br"], explanation="Divida por 256, ou $x$, com `clip`.")
    question = replace(question, texts={**question.texts, "pt-br": changed})
    place = next(place for place in side_by_side(question, "pt-br").places if place.place == ("explanation",))
    told = {
        kind.kind: (
            [part.text for part in kind.source if part.is_alone],
            [p.text for p in kind.translation if p.is_alone],
        )
        for kind in place.parts
    }
    assert told == {"numbers": (["255"], ["256"]), "formulas": ([], ["x"]), "code": ([], ["clip"])}


def test_a_decimal_comma_and_a_decimal_point_are_the_same_number():
    question = single_choice()
    texts = {
        "en": replace(question.texts["en"], explanation="It is 0.5."),
        "pt-br": replace(question.texts["pt-br"], explanation="É 0,5."),
    }
    assert side_by_side(replace(question, texts=texts), "pt-br").differences == 0


def test_options_and_whole_languages_that_are_missing_are_differences():
    question = single_choice()
    fewer = {name: OptionText("a", "b") for name in ("steps", "levels")}
    changed = replace(
        question, texts={**question.texts, "pt-br": replace(question.texts["pt-br"], options=fewer)}
    )
    assert side_by_side(changed, "pt-br").counts == (("options", 3, 2),)
    nothing = side_by_side(question, "es")
    assert nothing.differences == len(nothing.places) + 1
    assert all(place.translation is None for place in nothing.places)
