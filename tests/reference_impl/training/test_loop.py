"""The loop learns, repeats itself, and leaves alone what it is to leave alone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from reference_impl.errors import EmptyInput, OutOfRange
from reference_impl.training import Progress, Schedule
from reference_impl.training.loop import Examples, Hooks, Tensors, train
from reference_impl.training.loss import SoftTargets

SCHEDULE = Schedule(epochs=20, batch_size=10, learning_rate=0.05)


def linear(parameters: Mapping[str, Tensor], images: Tensor) -> Tensor:
    return images @ parameters["w"].T + parameters["b"]


def examples(count: int = 60) -> Examples:
    """The class is the greatest of three numbers."""
    images = torch.randn(count, 3, generator=torch.Generator().manual_seed(1))
    return Examples(images, images.argmax(1))


def start() -> Tensors:
    return {"w": torch.zeros(3, 3), "b": torch.zeros(3)}


def learned(schedule: Schedule = SCHEDULE, seed: int = 0, **more: object) -> Tensors:
    generator = torch.Generator().manual_seed(seed)
    return train(linear, start(), examples(), schedule, generator, **more)  # type: ignore[arg-type]


def wrong(parameters: Tensors) -> int:
    given = examples()
    return int((linear(parameters, given.images).argmax(1) != given.labels).sum())


def test_it_learns_what_can_be_learned() -> None:
    assert wrong(start()) > 30
    assert wrong(learned()) <= 3


def test_what_it_starts_from_stays() -> None:
    before = start()
    train(linear, before, examples(), SCHEDULE, torch.Generator().manual_seed(0))
    assert all(torch.equal(before[name], values) for name, values in start().items())


def test_one_seed_gives_one_result_and_another_seed_another() -> None:
    assert torch.equal(learned()["w"], learned()["w"])
    assert not torch.equal(learned()["w"], learned(seed=1)["w"])


def test_l2_makes_weights_smaller_and_leaves_biases_alone() -> None:
    strong = learned(replace(SCHEDULE, l2=10.0))
    assert strong["w"].norm() < 0.1 * learned()["w"].norm()
    assert strong["b"].norm() > strong["w"].norm()


def test_a_mask_keeps_a_weight_at_its_start() -> None:
    mask = torch.ones(3, 3)
    mask[0, 0] = 0
    kept = learned(hooks=Hooks(parameters=lambda found: found | {"w": found["w"] * mask}))
    assert kept["w"][0, 0] == 0
    assert (kept["w"] != 0).sum() == 8


def test_the_hook_before_a_step_hears_how_far_it_is() -> None:
    shares: list[float] = []
    learned(
        Schedule(2, 20, 0.1), hooks=Hooks(before_step=lambda found, share: shares.append(round(6 * share)))
    )
    assert shares == [0, 1, 2, 3, 4, 5]


def test_progress_is_told_after_each_epoch_with_a_falling_loss() -> None:
    told: list[Progress] = []
    learned(hooks=Hooks(progress=told.append))
    assert [(at.epoch, at.epochs) for at in told] == [(epoch, 20) for epoch in range(1, 21)]
    assert told[-1].loss < told[0].loss / 2


def test_a_teacher_is_learned_from_instead_of_the_labels() -> None:
    """Its logits say the least of the three numbers."""
    teacher = SoftTargets(-10 * examples().images, temperature=2.0, alpha=1.0)
    assert wrong(learned(soft_targets=teacher)) > 50


def test_products_in_bfloat16_leave_parameters_in_float32() -> None:
    found = learned(bfloat16=True)
    assert {values.dtype for values in found.values()} == {torch.float32}
    assert wrong(found) <= 5


def test_fewer_images_than_a_batch_are_one_batch() -> None:
    found = train(linear, start(), examples(4), SCHEDULE, torch.Generator().manual_seed(0))
    assert found["w"].any()


def test_examples_must_fit() -> None:
    with pytest.raises(EmptyInput):
        Examples(torch.zeros(0, 3), torch.zeros(0, dtype=torch.long))
    with pytest.raises(OutOfRange):
        Examples(torch.zeros(4, 3), torch.zeros(3, dtype=torch.long))
