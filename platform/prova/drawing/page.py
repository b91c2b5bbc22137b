"""What `drawing/_variants.html` needs; put it into the context of any page that includes it."""

from typing import Any

from django.utils.translation import get_language

from prova.drawing.table import table_of
from prova.drawing.variants import DraftVariants, Found

#: A worker usually answers within a second; whoever has waited longer is asked for less often.
_SOON_S = 10
LATE_S = 60


def context_of(found: DraftVariants) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "found": found,
        "table": table_of(found, language) if found.state == Found.DRAWN else None,
        "problem": found.problem_text(language),
        "poll_every": "1s" if found.waits_s < _SOON_S else "5s",
        "is_late": found.waits_s > LATE_S,
    }
