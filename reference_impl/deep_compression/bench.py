"""What a recipe trains and judges with, made once for a network and its data. Importing this loads torch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch

from reference_impl.datasets import Dataset, network_inputs, validation_split
from reference_impl.datasets.dataset import Images, Labels
from reference_impl.deep_compression.stages import Parameters
from reference_impl.deep_compression.tasks import Task
from reference_impl.networks import architecture_named, initial_parameters
from reference_impl.networks.torch_module import torch_forward
from reference_impl.training.loop import Examples, Forward, Hooks, Tensors, train
from reference_impl.training.progress import Progress
from reference_impl.training.schedule import Schedule

TellProgress = Callable[[str, Progress], None]  #: name of the stage first


@dataclass(frozen=True, eq=False)
class Bench:
    forward: Forward
    training: Examples
    validation: Examples  #: settings may be chosen by these, never by the test images
    generator: torch.Generator  #: draws the batches of all stages, one after the other
    bfloat16: bool = False
    progress: TellProgress | None = None

    def train(
        self,
        stage: str,
        start: Mapping[str, torch.Tensor],
        schedule: Schedule,
        read: Callable[[Tensors], Tensors] = dict,
    ) -> Tensors:
        """As training.loop.train; `read` makes the network's parameters of what is learned."""
        told = self.progress
        return train(
            self.forward,
            start,
            self.training,
            schedule,
            self.generator,
            hooks=Hooks(parameters=read, progress=(lambda at: told(stage, at)) if told else None),
            bfloat16=self.bfloat16,
        )

    def validation_error(self, parameters: Parameters) -> float:
        """Share of the validation images that are taken for another class, 0 ... 1."""
        wrong = 0
        with torch.no_grad():
            for images, labels in zip(
                self.validation.images.split(1000), self.validation.labels.split(1000), strict=True
            ):
                wrong += int((self.forward(tensors(parameters), images).argmax(1) != labels).sum())
        return wrong / len(self.validation.labels)


def bench_for(
    network: str, task: Task, dataset: Dataset, seed: int, progress: TellProgress | None = None
) -> Bench:
    """The test images of the data set are left out. Errors as `architecture_named`, `validation_split`."""
    split = validation_split(dataset, task.validation_images)
    return Bench(
        forward=partial(torch_forward, architecture_named(network)),
        training=_examples(split.train_images, split.train_labels, dataset.peak),
        validation=_examples(split.validation_images, split.validation_labels, dataset.peak),
        generator=torch.Generator().manual_seed(seed),
        bfloat16=task.bfloat16,
        progress=progress,
    )


def train_dense(bench: Bench, network: str, task: Task, seed: int) -> Parameters:
    """The network before compression. Errors as `initial_parameters`."""
    start = initial_parameters(architecture_named(network), seed)
    return arrays(bench.train("train the dense network", tensors(start), task.dense))


def tensors(parameters: Parameters) -> Tensors:
    """The same in torch."""
    return {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in parameters.items()}


def arrays(parameters: Mapping[str, torch.Tensor]) -> Parameters:
    """The same in numpy, copied."""
    return {name: values.detach().contiguous().numpy().copy() for name, values in parameters.items()}


def _examples(images: Images, labels: Labels, peak: int) -> Examples:
    """In parts: one pass over all images in float64 would take half a gigabyte."""
    parts = [network_inputs(part, peak) for part in np.array_split(images, 1 + len(images) // 5000)]
    return Examples(torch.from_numpy(np.concatenate(parts)), torch.from_numpy(labels))
