"""Adam over shuffled batches, as one function from parameters to parameters. Importing this loads torch.

Adam: arXiv:1412.6980, with torch's defaults. The same seed, version of torch, number of threads and kind of processor
give the same parameters; another of these may not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.training.loss import SoftTargets, distillation_loss_torch, label_loss
from reference_impl.training.progress import Progress
from reference_impl.training.schedule import Schedule, cosine_learning_rate

Tensors = dict[str, Tensor]
Forward = Callable[
    [Mapping[str, Tensor], Tensor], Tensor
]  #: parameters and images to logits (batch, classes)


@dataclass(frozen=True, eq=False)
class Examples:
    """EmptyInput: no image; OutOfRange: another number of labels."""

    images: Tensor  #: (n, ...), as the forward function takes them
    labels: Tensor  #: (n,), int64

    def __post_init__(self) -> None:
        if not len(self.images):
            raise EmptyInput("there are no images to train on")
        if self.labels.shape != (len(self.images),):
            raise OutOfRange(f"{len(self.images)} images need as many labels, not {tuple(self.labels.shape)}")


@dataclass(frozen=True)
class Hooks:
    """What happens around the steps; nothing where nothing is given."""

    #: what the network computes with, from what is learned; masks and codebooks go in here
    parameters: Callable[[Tensors], Tensors] = dict
    #: before each step, with what is learned and the share of the training done (0 ... 1)
    before_step: Callable[[Tensors, float], None] | None = None
    progress: Callable[[Progress], None] | None = None


def train(
    forward: Forward,
    start: Mapping[str, Tensor],
    examples: Examples,
    schedule: Schedule,
    generator: torch.Generator,
    *,
    hooks: Hooks | None = None,
    soft_targets: SoftTargets | None = None,
    bfloat16: bool = False,
) -> Tensors:
    """What is learned from `start`, of its names and shapes, in float32; `start` itself stays as it is.

    generator: draws the batches; images that do not fill the last batch of an epoch wait for the next one's shuffle.
    bfloat16: products are computed in it, parameters and their updates stay in float32.
    """
    hooks = hooks or Hooks()
    learned = {name: value.detach().clone().requires_grad_() for name, value in start.items()}
    optimizer = torch.optim.Adam(_groups(learned, schedule), lr=schedule.learning_rate, fused=True)
    size = min(schedule.batch_size, len(examples.images))
    batches = len(examples.images) // size
    steps = batches * schedule.epochs
    for epoch in range(schedule.epochs):
        order = torch.randperm(len(examples.images), generator=generator)[: batches * size]
        total = torch.zeros(())
        for number, batch in enumerate(order.split(size)):
            step = epoch * batches + number
            _set_learning_rate(
                optimizer, cosine_learning_rate(step, steps=steps, first=schedule.learning_rate)
            )
            if hooks.before_step:
                hooks.before_step(learned, step / steps)
            with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
                logits = forward(_channels_last(hooks.parameters(learned)), examples.images[batch])
            loss = _loss(logits.float(), examples.labels[batch], soft_targets, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.detach()
        if hooks.progress:
            hooks.progress(Progress(epoch + 1, schedule.epochs, float(total) / batches))
    return {name: value.detach() for name, value in learned.items()}


def _groups(learned: Tensors, schedule: Schedule) -> list[dict[str, object]]:
    """Weights, which have at least two dimensions, are decayed; biases and codebooks are not."""
    weights = [value for value in learned.values() if value.ndim > 1]
    others = [value for value in learned.values() if value.ndim <= 1]
    groups = [{"params": weights, "weight_decay": schedule.l2}, {"params": others, "weight_decay": 0.0}]
    return [group for group in groups if group["params"]]


def _set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _channels_last(parameters: Tensors) -> Tensors:
    """The layout in which convolutions of few channels are fastest here; values and shapes stay."""
    return {
        name: value.contiguous(memory_format=torch.channels_last) if value.ndim == 4 else value
        for name, value in parameters.items()
    }


def _loss(logits: Tensor, labels: Tensor, soft: SoftTargets | None, batch: Tensor) -> Tensor:
    if soft is None:
        return label_loss(logits, labels)
    return distillation_loss_torch(
        logits, soft.logits[batch], labels, temperature=soft.temperature, alpha=soft.alpha
    )
