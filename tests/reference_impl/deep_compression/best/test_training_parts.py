"""What the best recipe trains with: distorted images, importance, masks that close, values that are shared."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.deep_compression.best.augmentation import distorted
from reference_impl.deep_compression.best.chosen import SETTINGS
from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.deep_compression.best.importance import followed, importance, most_important
from reference_impl.deep_compression.best.pruning import GradualPruning
from reference_impl.deep_compression.best.sharing import TrainedSharing, starting_values
from reference_impl.deep_compression.best.teacher import answers, folded, learning_rate
from reference_impl.errors import EmptyInput, OutOfRange

STILL = Distortion(0, 0, 0, 0, 0)


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_without_distortion_images_stay() -> None:
    images = torch.rand(3, 1, 28, 28, generator=generator())
    torch.testing.assert_close(distorted(images, STILL, generator()), images, atol=1e-5, rtol=0)


def test_a_shift_moves_the_image_and_black_comes_in() -> None:
    images = torch.ones(64, 1, 8, 8)
    moved = distorted(images, Distortion(0, 0.5, 0, 0, 0), generator())
    assert moved.shape == images.shape
    assert 0 <= float(moved.min()) < 0.01
    assert float(moved.max()) <= 1.0001


def test_the_same_seed_distorts_alike_and_each_image_in_its_own_way() -> None:
    image = torch.rand(1, 1, 8, 8, generator=generator()).repeat(2, 1, 1, 1)
    how = Distortion(10, 0.1, 0.1, 0.1, 0.05)
    first, again = distorted(image, how, generator(4)), distorted(image, how, generator(4))
    assert torch.equal(first, again)
    assert not torch.equal(first[0], first[1])


@pytest.mark.parametrize("wrong", [-1.0, float("nan")])
def test_no_distortion_is_below_zero(wrong: float) -> None:
    with pytest.raises(OutOfRange):
        Distortion(wrong, 0, 0, 0, 0)


@given(st.integers(1, 60), st.integers(0, 99))
def test_exactly_as_many_weights_stay_as_are_asked_for_and_none_returns(count: int, seed: int) -> None:
    random = generator(seed)
    scores = {"a": torch.rand(5, 6, generator=random), "b": torch.rand(30, generator=random).round()}
    masks = {name: torch.rand(score.shape, generator=random) < 0.7 for name, score in scores.items()}
    left = sum(int(mask.sum()) for mask in masks.values())
    chosen = most_important(scores, masks, count)
    assert sum(int(mask.sum()) for mask in chosen.values()) == min(count, left)
    assert all(not (chosen[name] & ~masks[name]).any() for name in masks)
    kept = torch.cat([scores[name][chosen[name]] for name in scores])
    gone = torch.cat([scores[name][masks[name] & ~chosen[name]] for name in scores])
    assert not len(gone) or not len(kept) or kept.min() >= gone.max()


def test_a_weight_that_no_gradient_reaches_matters_least() -> None:
    weights = torch.tensor([3.0, 0.1], requires_grad=True)
    moments: dict[str, torch.Tensor] = {}
    (weights * torch.tensor([0.0, 1.0])).sum().backward()
    followed(moments, {"w": weights})
    assert importance(weights, moments["w"]).argmin() == 0


def test_masks_close_along_the_schedule_and_then_stand_still() -> None:
    settings = SETTINGS["digits-cnn"]
    learned = {"a.weight": torch.randn(40, 50, generator=generator()).requires_grad_()}
    pruning = GradualPruning(learned, settings)
    counts = []
    for step in range(1000):
        learned["a.weight"].grad = torch.ones(40, 50)
        pruning.before_step(learned, step / 1000)
        counts.append(int(pruning.masks["a.weight"].sum()))
    assert counts[0] == 2000
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == counts[-200] == settings.kept_weights
    read = pruning.read(learned)["a.weight"]
    assert int((read != 0).sum()) == settings.kept_weights


def test_shared_values_start_at_the_means_of_their_weights() -> None:
    values = starting_values(np.array([0.0, 0.1, 1.0, 1.1]), 2)
    np.testing.assert_allclose(values, [0.05, 1.05])
    with pytest.raises(EmptyInput):
        starting_values(np.zeros(0), 2)


def test_each_kept_weight_reads_the_nearest_shared_value_and_pruned_ones_zero() -> None:
    weights = np.random.default_rng(0).standard_normal((6, 7)).astype(np.float32)
    mask = np.abs(weights) > 0.5
    sharing = TrainedSharing(
        {"a.weight": weights, "a.bias": np.zeros(6, np.float32)}, {"a.weight": mask}, {"a": 3}
    )
    learned = {name: value.clone().requires_grad_() for name, value in sharing.start.items()}
    sharing.before_step(learned, 0.0)
    read = sharing.read(learned)["a.weight"]
    book = learned["a.codebook"].detach().numpy()
    nearest = book[np.abs(weights[..., None] - book).argmin(-1)]
    np.testing.assert_allclose(read.detach().numpy(), nearest * mask, rtol=1e-6)


def test_the_gradient_reaches_latent_and_shared_values_and_at_the_end_the_shared_ones_alone() -> None:
    weights = np.random.default_rng(1).standard_normal((4, 5)).astype(np.float32)
    mask = np.ones((4, 5), np.bool_)
    sharing = TrainedSharing(
        {"a.weight": weights, "a.bias": np.zeros(4, np.float32)}, {"a.weight": mask}, {"a": 2}
    )
    for progress, latent in ((0.1, True), (0.9, False)):
        learned = {name: value.clone().requires_grad_() for name, value in sharing.start.items()}
        sharing.before_step(learned, progress)
        sharing.read(learned)["a.weight"].sum().backward()
        assert (learned["a.weight"].grad is not None) == latent
        assert float(learned["a.codebook"].grad.sum()) == 20  # type: ignore[union-attr]


def test_a_folded_teacher_answers_as_before_in_fewer_layers() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        teacher = torch.nn.Sequential(
            torch.nn.Conv2d(1, 6, 3, bias=False), torch.nn.BatchNorm2d(6), torch.nn.ReLU(), torch.nn.Flatten()
        )
        images = torch.rand(30, 1, 8, 8)
        teacher.train()(images)  # gives the normalisation means and variances of its own
        teacher.eval()
        quick = folded(teacher)
        assert len(quick) == len(teacher) - 1
        torch.testing.assert_close(quick(images), teacher(images), atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(
            answers(quick, images, batch_size=7), teacher(images), atol=0.05, rtol=0.05
        )


def test_the_teachers_rate_rises_then_falls_to_zero() -> None:
    rates = [learning_rate(step, steps=100, highest=0.5) for step in range(100)]
    assert max(rates) == rates[19] == 0.5
    assert rates[:20] == sorted(rates[:20])
    assert rates[20:] == sorted(rates[20:], reverse=True)
    assert rates[-1] < 0.001
