"""With pictures and hints."""

from typing import Any

from questionbank.definition import HintDefinition, QuestionDefinition, QuestionText
from questionbank.pictures import HotspotDefinition, ImageDefinition, ImageText, RegionDefinition
from questionbank.variant import Variant
from tests.questionbank.samples.question import LANGUAGES, sound_question

HISTOGRAM = {
    "kind": "histogram",
    "edges": [-0.4, -0.2, 0.0, 0.2, 0.4],
    "counts": "[[counts]]",
    "marks": ["[[cut]]"],
}
HOTSPOT_VARIANT = Variant(params={"counts": [5, 40, 35, 8], "cut": 0.2})


def hotspot(**changes: Any) -> QuestionDefinition:
    texts = {
        language: QuestionText(
            f"{language}: mark the two bins that a threshold of [[cut]] keeps.",
            f"{language}: because.",
            images={"weights": ImageText(f"{language} histogram", f"{language} weight", f"{language} count")},
            regions={
                "left": f"{language}: below the cut.",
                "right": f"{language}: above the cut.",
                "peak": f"{language}: these are near zero.",
            },
            hints={"sign": f"{language}: think of both signs.", "cut": f"{language}: look at [[cut]]."},
        )
        for language in LANGUAGES
    }
    fields: dict[str, Any] = {
        "images": (ImageDefinition("weights", drawing=HISTOGRAM),),
        "hotspot": HotspotDefinition(
            "weights",
            points=2,
            regions=(
                RegionDefinition("left", "band", (-0.4, -0.2), correct=True),
                RegionDefinition("right", "rectangle", ("[[cut]]", 0, 0.4, 45), correct=True),
                RegionDefinition("peak", "band", (-0.19, 0.19)),
            ),
        ),
        "hints": (HintDefinition("sign", 0.25), HintDefinition("cut", 0.5)),
        "scoring": "net_correct",
        "generator": "weights_and_a_cut",
    }
    return sound_question("hotspot", texts, **(fields | changes))
