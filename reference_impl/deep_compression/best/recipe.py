"""The whole recipe. Importing this loads torch."""

from collections.abc import Mapping
from functools import partial

import torch
from torch import Tensor

from reference_impl.deep_compression.bench import Bench, arrays, tensors
from reference_impl.deep_compression.best.chosen import SETTINGS
from reference_impl.deep_compression.best.figures import figures
from reference_impl.deep_compression.best.lessons import Lessons, as_input, lessons
from reference_impl.deep_compression.best.narrow import narrowed, padded
from reference_impl.deep_compression.best.payload import decode, encode
from reference_impl.deep_compression.best.pruning import GradualPruning
from reference_impl.deep_compression.best.settings import Settings
from reference_impl.deep_compression.best.sharing import TrainedSharing
from reference_impl.deep_compression.best.teacher import trained_teacher
from reference_impl.deep_compression.best.tidying import tidied
from reference_impl.deep_compression.container import HEADER_BYTES
from reference_impl.deep_compression.stages import Compressed, Parameters, Stage
from reference_impl.networks import Architecture, architecture_named, initial_parameters, parameter_shapes
from reference_impl.networks.torch_module import torch_forward
from reference_impl.sparse.sizes import dense_bits
from reference_impl.training import Schedule
from reference_impl.training.loop import Hooks, Tensors, train
from reference_impl.training.loss import SoftTargets


def compress(bench: Bench, dense: Parameters, network: str) -> Compressed:
    """With the settings of that network. The dense one is not used: the student starts anew."""
    return compress_with(bench, architecture_named(network), SETTINGS[network])


def compress_with(bench: Bench, whole: Architecture, settings: Settings) -> Compressed:
    taught = _lessons(bench, settings)
    rival = _learn(
        bench, taught, settings, "train a dense rival", whole, _fresh(bench, whole), settings.rival
    )
    narrow = narrowed(whole, settings.widths)
    pruning, pruned = _prune(bench, taught, settings, narrow)
    shared = _share(bench, taught, settings, narrow, pruning, pruned)
    final = tidied(whole, _widened(whole, shared))
    payload = encode(final)
    shapes = parameter_shapes(whole)
    return Compressed(
        payload=payload,
        stages=(
            Stage("P", _widened(whole, pruned), _left_bits(pruned)),
            Stage("P+Q+C", decode(payload, shapes), 8 * (HEADER_BYTES + len(payload))),
        ),
        stream=figures(final),
        rivals={"dense, of full width, same teacher": arrays(rival)},
    )


def _lessons(bench: Bench, settings: Settings) -> Lessons:
    teacher = trained_teacher(
        bench.training,
        settings.teacher,
        settings.teacher_distortion,
        bench.generator,
        progress=partial(bench.progress, "train the teacher") if bench.progress else None,
    )
    return lessons(bench.training, teacher, settings.copies, settings.distortion, bench.generator)


def _fresh(bench: Bench, architecture: Architecture) -> Tensors:
    seed = int(torch.randint(2**31, (), generator=bench.generator))
    return tensors(initial_parameters(architecture, seed))


def _prune(
    bench: Bench, taught: Lessons, settings: Settings, narrow: Architecture
) -> tuple[GradualPruning, Parameters]:
    start = _fresh(bench, narrow)
    weights = {name: values for name, values in start.items() if name.endswith(".weight")}
    pruning = GradualPruning(weights, settings)
    hooks = Hooks(parameters=pruning.read, before_step=pruning.before_step)
    stage = "train and prune the student"
    learned = _learn(bench, taught, settings, stage, narrow, start, settings.pruning, hooks)
    return pruning, arrays(pruning.read(learned))


def _share(
    bench: Bench,
    taught: Lessons,
    settings: Settings,
    narrow: Architecture,
    pruning: GradualPruning,
    pruned: Parameters,
) -> Parameters:
    masks = {name: mask.numpy() for name, mask in pruning.masks.items()}
    sharing = TrainedSharing(pruned, masks, settings.shared_values)
    hooks = Hooks(parameters=sharing.read, before_step=sharing.before_step)
    stage = "learn the shared values"
    learned = _learn(bench, taught, settings, stage, narrow, sharing.start, settings.sharing, hooks)
    return arrays(sharing.read(learned))


def _learn(
    bench: Bench,
    taught: Lessons,
    settings: Settings,
    stage: str,
    architecture: Architecture,
    start: Tensors,
    schedule: Schedule,
    hooks: Hooks | None = None,
) -> Tensors:
    given = hooks or Hooks()

    def answer(parameters: Mapping[str, Tensor], images: Tensor) -> Tensor:
        return torch_forward(architecture, parameters, as_input(images))

    return train(
        answer,
        start,
        taught.examples,
        schedule,
        bench.generator,
        hooks=Hooks(
            given.parameters, given.before_step, partial(bench.progress, stage) if bench.progress else None
        ),
        soft_targets=SoftTargets(taught.logits, settings.temperature, settings.alpha),
        bfloat16=bench.bfloat16,
    )


def _widened(whole: Architecture, parameters: Parameters) -> Parameters:
    return {name: padded(parameters[name], shape) for name, shape in parameter_shapes(whole).items()}


def _left_bits(pruned: Parameters) -> int:
    """32 bits for each weight and bias that is left and none for its place, as the paper counts this stage."""
    return dense_bits(sum(int((values != 0).sum()) for values in pruned.values()))
