"""What the student learns from: images, some of them distorted, and the teacher's answers to them. Importing this loads torch."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from reference_impl.deep_compression.best.augmentation import distorted
from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.deep_compression.best.teacher import answers
from reference_impl.training.loop import Examples

#: Images are kept in bytes: eight copies of MNIST in float32 would take 1.4 GB.
WHITE = 255
PART = 1000


@dataclass(frozen=True, eq=False)
class Lessons:
    examples: Examples  #: images are uint8, 0 ... 255; `as_input` gives the network's values
    logits: Tensor  #: the teacher's, (n, classes)


def as_input(images: Tensor) -> Tensor:
    """Bytes 0 ... 255 as the values 0 ... 1 that networks take."""
    return images.float() / WHITE


def lessons(
    examples: Examples, teacher: nn.Module, copies: int, how: Distortion, generator: torch.Generator
) -> Lessons:
    """The images as they are, then copies - 1 times distorted anew; labels and order are the same in each copy."""
    images, logits = [], []
    for copy in range(copies):
        for part in examples.images.split(PART):
            shown = distorted(part, how, generator) if copy else part
            images.append(shown.mul(WHITE).round().clamp(0, WHITE).to(torch.uint8))
            logits.append(answers(teacher, as_input(images[-1])))
    labels = examples.labels.repeat(copies)
    return Lessons(Examples(torch.cat(images), labels), torch.cat(logits))
