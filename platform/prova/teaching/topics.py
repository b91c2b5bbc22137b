"""Topics of the question bank in the page's language."""

from django.utils.translation import gettext_lazy as _

_LABELS = {
    "distillation": _("Knowledge distillation"),
    "edge": _("Deep learning at the edge"),
    "entropy_coding": _("Entropy coding"),
    "hardware": _("Hardware"),
    "low_rank": _("Low-rank factorization"),
    "pruning": _("Pruning"),
    "quantization": _("Quantization"),
    "sparse": _("Sparse storage"),
    "weight_sharing": _("Weight sharing"),
}


def label_of(topic: str) -> str:
    """A topic without a label is shown by its own words."""
    label = _LABELS.get(topic.replace("-", "_"))
    return str(label) if label else topic.replace("_", " ").replace("-", " ").capitalize()
