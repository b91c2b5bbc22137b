"""Whether the numbers of a question are drawn, as its form says."""

from collections.abc import Mapping

from questionbank.formats.generator_fields import WAYS

#: Beside the ways themselves, what stands for declared parameters in the form.
_DECLARED = ("parameters.key", "parameters.where")


def is_drawn(fields: Mapping[str, str]) -> bool:
    if any(fields.get(name, "").strip() for name in (*WAYS, *_DECLARED)):
        return True
    return any(name.startswith(("draw.", "compute.", "values.")) for name in fields)
