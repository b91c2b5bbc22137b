"""One right option, or several."""

from dataclasses import replace
from typing import Any

from questionbank.definition import OptionDefinition, OptionText, QuestionDefinition, QuestionText
from questionbank.variant import Variant
from tests.questionbank.samples.question import LANGUAGES, sound_question


def single_choice(**changes: Any) -> QuestionDefinition:
    options = {
        "steps": ("$[[option.steps|4]]$", "Right: 255 steps."),
        "levels": ("$[[option.levels|4]]$", "Levels counted."),
        "none": ("None of these", "One of them is right."),
    }
    pt = {
        "steps": ("$[[option.steps|4]]$", "Certo: 255 passos."),
        "levels": ("$[[option.levels|4]]$", "Níveis contados."),
        "none": ("Nenhuma destas", "Uma delas está certa."),
    }
    question = sound_question(
        "single_choice",
        {
            "en": QuestionText(
                "What is the scale between $[[lo]]$ and $[[hi]]$?", "Divide by 255.", option_texts(options)
            ),
            "pt-br": QuestionText(
                "Qual é a escala entre $[[lo]]$ e $[[hi]]$?", "Divida por 255.", option_texts(pt)
            ),
        },
        options=(
            OptionDefinition("steps", correct=True),
            OptionDefinition("levels"),
            OptionDefinition("none", pinned_last=True),
        ),
        generator="affine_scale",
    )
    return replace(question, **changes)


def option_texts(options: dict[str, tuple[str, str]]) -> dict[str, OptionText]:
    return {name: OptionText(*texts) for name, texts in options.items()}


SCALE_VARIANT = Variant(
    params={"lo": -50, "hi": 150.5}, options={"steps": 200.5 / 255, "levels": 200.5 / 256}
)


def multiple_choice(keys: int = 2, wrong: int = 3, **changes: Any) -> QuestionDefinition:
    names = [f"key{i}" for i in range(keys)] + [f"wrong{i}" for i in range(wrong)]
    texts = {
        language: QuestionText(
            "Which?", "Because.", {name: OptionText(f"{language} {name}", f"About {name}.") for name in names}
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name, correct=name.startswith("key")) for name in names)
    return replace(
        sound_question("multiple_choice", texts, options=options, scoring="net_correct"), **changes
    )
