"""A larger network that is only taught from: it is not in the file. Importing this loads torch."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from reference_impl.deep_compression.best.augmentation import distorted
from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.deep_compression.best.settings import TeacherSettings
from reference_impl.training import Progress, cosine_learning_rate
from reference_impl.training.loop import Examples

WEIGHT_DECAY = 1e-2
LABEL_SMOOTHING = 0.05
DROPOUT = 0.3
#: Share of the training in which the learning rate rises to its height.
WARM_UP = 0.2


def trained_teacher(
    examples: Examples,
    settings: TeacherSettings,
    distortion: Distortion,
    generator: torch.Generator,
    progress: Callable[[Progress], None] | None = None,
) -> nn.Sequential:
    """Three convolutions and two dense layers with batch normalisation, trained on images distorted anew each time."""
    # Initial weights and dropout come from torch's own generator; nothing outside may depend on it afterwards.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
        classes = int(examples.labels.max()) + 1
        teacher = _network(settings, side=examples.images.shape[-1], classes=classes)
        _train(teacher, examples, settings, distortion, generator, progress)
    return folded(teacher.eval())


def folded(teacher: nn.Sequential) -> nn.Sequential:
    """The same answers with each batch normalisation in the convolution before it, in a third of the time."""
    layers: list[nn.Module] = []
    for layer in teacher:
        before = layers[-1] if layers else None
        if isinstance(layer, nn.BatchNorm2d) and isinstance(before, nn.Conv2d):
            layers[-1] = fuse_conv_bn_eval(before, layer)
        else:
            layers.append(layer)
    return nn.Sequential(*layers).eval()


def answers(teacher: nn.Module, images: Tensor, batch_size: int = 100) -> Tensor:
    """Logits (n, classes), without a gradient; products in bfloat16."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        parts = [teacher(_channels_last(batch)).float() for batch in images.split(batch_size)]
    return torch.cat(parts)


def _network(settings: TeacherSettings, *, side: int, classes: int) -> nn.Sequential:
    first, second, third = settings.filters
    layers = (
        *_convolution(1, first),
        nn.MaxPool2d(2),
        *_convolution(first, second),
        *_convolution(second, third),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(third * (side // 4) ** 2, settings.units),
        nn.BatchNorm1d(settings.units),
        nn.ReLU(),
        nn.Dropout(DROPOUT),
        nn.Linear(settings.units, classes),
    )
    return nn.Sequential(*layers)


def _convolution(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()


def _train(
    teacher: nn.Module,
    examples: Examples,
    settings: TeacherSettings,
    distortion: Distortion,
    generator: torch.Generator,
    progress: Callable[[Progress], None] | None,
) -> None:
    schedule, count = settings.training, len(examples.images)
    optimizer = torch.optim.AdamW(teacher.parameters(), weight_decay=WEIGHT_DECAY, fused=True)
    size = min(schedule.batch_size, count)
    steps = schedule.epochs * (count // size)
    for epoch in range(schedule.epochs):
        teacher.train()
        total = torch.zeros(())
        for number, batch in enumerate(torch.randperm(count, generator=generator).split(size)):
            if len(batch) < size:
                break
            rate = learning_rate(
                epoch * (count // size) + number, steps=steps, highest=schedule.learning_rate
            )
            for group in optimizer.param_groups:
                group["lr"] = rate
            images = distorted(examples.images[batch], distortion, generator)
            with torch.autocast("cpu", torch.bfloat16):
                logits = teacher(_channels_last(images))
            loss = F.cross_entropy(logits.float(), examples.labels[batch], label_smoothing=LABEL_SMOOTHING)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.detach()
        if progress:
            progress(Progress(epoch + 1, schedule.epochs, float(total) / (count // size)))


def learning_rate(step: int, *, steps: int, highest: float) -> float:
    """Up along a straight line for a fifth of the training, then down along half a cosine."""
    rising = max(1, int(WARM_UP * steps))
    if step < rising:
        return highest * (step + 1) / rising
    return cosine_learning_rate(step - rising, steps=steps - rising, first=highest)


def _channels_last(images: Tensor) -> Tensor:
    return images.contiguous(memory_format=torch.channels_last)
