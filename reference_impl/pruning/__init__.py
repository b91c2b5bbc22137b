"""Which weights go, and when."""

from reference_impl.batch_norm import BatchNorm
from reference_impl.pruning.channels import Block, channel_norms, channels_to_keep, prune_channels
from reference_impl.pruning.effect import PruningEffect, break_even_density, channel_pruned_macs, effect_of
from reference_impl.pruning.masks import (
    deviation_mask,
    global_masks,
    magnitude_mask,
    n_m_mask,
    sparsity,
    threshold_mask,
)
from reference_impl.pruning.penalties import Penalty, l1_penalty, l2_penalty
from reference_impl.pruning.regrowth import Rewired, regrow, rewire, rewired_share
from reference_impl.pruning.retraining import masked, retraining_step
from reference_impl.pruning.schedule import cubic_sparsity, density_after_rounds, retraining_dropout
from reference_impl.pruning.sensitivity import SensitivityScan, scan_sensitivity

__all__ = [
    "BatchNorm",
    "Block",
    "Penalty",
    "PruningEffect",
    "Rewired",
    "SensitivityScan",
    "break_even_density",
    "channel_norms",
    "channel_pruned_macs",
    "channels_to_keep",
    "cubic_sparsity",
    "density_after_rounds",
    "deviation_mask",
    "effect_of",
    "global_masks",
    "l1_penalty",
    "l2_penalty",
    "magnitude_mask",
    "masked",
    "n_m_mask",
    "prune_channels",
    "regrow",
    "retraining_dropout",
    "retraining_step",
    "rewire",
    "rewired_share",
    "scan_sensitivity",
    "sparsity",
    "threshold_mask",
]
