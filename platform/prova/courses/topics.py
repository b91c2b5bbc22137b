"""Topics of the question bank in the page's language."""

from django.utils.translation import gettext_lazy as _

#: of exercises that bring more than two topics together
TOGETHER = "together"
#: by the names of the files in questionbank/content/questions, and exercises' topics
LABELS = {
    "deployment": _("Deployment"),
    "distillation": _("Knowledge distillation"),
    "edge_fundamentals": _("Foundations of the edge"),
    "entropy_coding": _("Entropy coding"),
    "hardware_costs": _("Hardware and costs"),
    "kernels": _("Fast kernels"),
    "low_rank": _("Low-rank factorization"),
    "networks": _("Networks for small devices"),
    "pruning": _("Pruning"),
    "quantization": _("Quantization"),
    "sparse_storage": _("Sparse storage"),
    "weight_sharing": _("Weight sharing"),
    TOGETHER: _("All of it together"),
}


def label_of(topic: str) -> str:
    """A topic without a label is shown by its own words."""
    label = LABELS.get(topic.replace("-", "_"))
    return str(label) if label else topic.replace("_", " ").replace("-", " ").capitalize()
