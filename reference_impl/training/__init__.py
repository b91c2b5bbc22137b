"""A small training loop. `reference_impl.training.loop` is the module that loads torch; what is here does not."""

from reference_impl.training.progress import Progress
from reference_impl.training.schedule import Schedule, cosine_learning_rate

__all__ = ["Progress", "Schedule", "cosine_learning_rate"]
