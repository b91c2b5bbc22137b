"""Which data a network learns, and how its dense form is trained."""

from dataclasses import dataclass

from reference_impl.datasets import Dataset, digits, load
from reference_impl.errors import OutOfRange
from reference_impl.training import Schedule


@dataclass(frozen=True)
class Task:
    dataset: str  #: "mnist" or "digits"
    validation_images: int  #: taken from the training images
    dense: Schedule
    bfloat16: bool = False  #: where convolutions are worth it


TASKS = {
    "lenet-300-100": Task("mnist", 5_000, Schedule(epochs=15, batch_size=128, learning_rate=1e-3)),
    "lenet-5": Task("mnist", 5_000, Schedule(epochs=10, batch_size=256, learning_rate=1.5e-3), bfloat16=True),
    "digits-cnn": Task("digits", 200, Schedule(epochs=25, batch_size=32, learning_rate=2e-3)),
}


def task_of(network: str) -> Task:
    """OutOfRange: no such network."""
    if network not in TASKS:
        raise OutOfRange(f"there is no network {network!r}, only {', '.join(TASKS)}")
    return TASKS[network]


def dataset_of(task: Task) -> Dataset:
    """Errors as `datasets.load` and `datasets.digits`."""
    return digits() if task.dataset == "digits" else load(task.dataset)
